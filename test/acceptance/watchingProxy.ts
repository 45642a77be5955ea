import { once } from "node:events";
import { createServer, request } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A request that went through, and what came back. */
export interface Exchange {
  method: string;
  path: string;
  /** The one that it asked for. */
  microversion: string | undefined;
  status: number;
  replyHeaders: IncomingHttpHeaders;
}

/** Passes requests on unchanged, and remembers them. */
export interface WatchingProxy {
  /** Its own address, in place of the server's. */
  readonly url: string;
  /** In the order of the replies. */
  readonly exchanges: readonly Exchange[];
  stop(): Promise<void>;
}

/** Starts a proxy on loopback in front of the server at `target`, an address without a path. */
export async function startWatchingProxy(target: string): Promise<WatchingProxy> {
  const exchanges: Exchange[] = [];
  const server = createServer(passOn(target, exchanges)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    exchanges,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function passOn(target: string, exchanges: Exchange[]): RequestListener {
  return (incoming: IncomingMessage, outgoing) => {
    const { method = "", url: path = "", headers } = incoming;
    const passed = request(target + path, { method, headers }, (reply) => {
      const { statusCode: status = 0, headers: replyHeaders } = reply;
      const microversion = headers["x-openstack-manila-api-version"]?.toString();
      exchanges.push({ method, path, microversion, status, replyHeaders });
      outgoing.writeHead(status, replyHeaders);
      reply.pipe(outgoing);
    });
    // The client sees a cut connection, as it would without the proxy.
    passed.on("error", () => outgoing.destroy());
    incoming.pipe(passed);
  };
}
