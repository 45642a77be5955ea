import type { Clock } from "./clock";
import { HttpClient } from "./http";
import { Keystone } from "./keystone";
import { ManilaService } from "./manila";
import { Redaction } from "./redaction";
import { resolveSettings, secretValues } from "./settings";
import type { CloudSettings, SettingsSources } from "./settings";

interface Session {
  http: HttpClient;
  keystone: Keystone;
}

/** The cloud of this process: one token and one pool of connections, however many resources and regions use it. */
export class Cloud {
  private readonly regions = new Map<string | undefined, Promise<ManilaService>>();
  private readonly sessions = new Map<string, Session>();

  /** `log` takes the lines of the debug log, and warnings. */
  constructor(
    private readonly sources: SettingsSources,
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
  ) {}

  /** The Manila of a region; without one, of the configured region. */
  async manila(region?: string): Promise<ManilaService> {
    const known = this.regions.get(region);
    if (known !== undefined) {
      return await known;
    }
    const connecting = this.connect(region);
    this.regions.set(region, connecting);
    // A failure may pass, and the next resource may try again.
    connecting.catch(() => this.regions.delete(region));
    return await connecting;
  }

  private async connect(region: string | undefined): Promise<ManilaService> {
    const settings = resolveSettings(this.sources, { region });
    const { http, keystone } = this.session(settings);
    return await ManilaService.connect(settings, http, keystone);
  }

  /** Regions of a cloud share its Keystone, and so the token. */
  private session(settings: CloudSettings): Session {
    const key = JSON.stringify([settings.authUrl, settings.auth, settings.scope, settings.tls]);
    const session = this.sessions.get(key) ?? this.newSession(settings);
    this.sessions.set(key, session);
    return session;
  }

  private newSession(settings: CloudSettings): Session {
    if (settings.tls.insecure) {
      this.log(
        `warning: the certificates of ${settings.authUrl} and its services are not checked (insecure)`,
      );
    }
    const redaction = new Redaction(secretValues(settings));
    const http = new HttpClient(settings, this.clock, redaction, this.log);
    return { http, keystone: new Keystone(settings, http, this.clock, redaction) };
  }
}
