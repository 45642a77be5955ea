import { z } from "zod";
import { malformed } from "./faults";

const text = z.string();
const domain = z.union([z.object({ id: text }), z.object({ name: text })]);
const userById = z.object({ id: text });
const userByName = z.object({ name: text, domain });

const identity = z.object({
  methods: z.array(text).min(1),
  password: z
    .object({ user: z.intersection(z.union([userById, userByName]), z.object({ password: text })) })
    .optional(),
  token: z.object({ id: text }).optional(),
  application_credential: z
    .union([
      z.object({ id: text, secret: text }),
      z.object({ name: text, secret: text, user: z.union([userById, userByName]) }),
    ])
    .optional(),
});

const scope = z.union([
  z.object({ project: z.union([z.object({ id: text }), z.object({ name: text, domain })]) }),
  z.object({ domain }),
  z.object({ system: z.object({ all: z.literal(true) }) }),
  z.literal("unscoped"),
]);

const authRequest = z.object({ auth: z.object({ identity, scope: scope.optional() }) });

/** How a request says who it is from. */
export type Identity = z.output<typeof identity>;

/** A user, by id or by name and domain. */
export type UserReference = z.output<typeof userById> | z.output<typeof userByName>;

/** What a request wants its token for. */
export type Scope = z.output<typeof scope>;

/** A domain, by id or by name. */
export type DomainReference = z.output<typeof domain>;

/**
 * Reads the body of `POST /v3/auth/tokens`.
 *
 * @throws KeystoneFault 400 naming what does not fit, never its value
 */
export function parseAuthRequest(body: unknown): { identity: Identity; scope: Scope | undefined } {
  const parsed = authRequest.safeParse(body);
  if (!parsed.success) {
    throw malformed(parsed.error.issues[0]?.path.join(".") ?? "auth");
  }
  return { identity: parsed.data.auth.identity, scope: parsed.data.auth.scope };
}
