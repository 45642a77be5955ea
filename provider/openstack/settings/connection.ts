import { z } from "zod";
import { parseDuration } from "../../duration";
import { booleanText, refuse } from "./values";

const interfaces = z.enum(["public", "internal", "admin"]);

const interfaceText = z.string().transform((text, context) => {
  // Older tools call them publicURL, internalURL and adminURL.
  const found = interfaces.safeParse(text.toLowerCase().replace(/url$/, ""));
  if (!found.success) {
    refuse(context, [], `is ${JSON.stringify(text)}, must be public, internal or admin.`);
    return z.NEVER;
  }
  return found.data;
});

/** An address without a slash at its end. Messages never show one that may hold a password. */
const address = z.string({ error: "is missing. Set it." }).transform((text, context) => {
  if (!/^https?:\/\//i.test(text)) {
    const shown = text.includes("@") ? "" : `is ${JSON.stringify(text)}, `;
    refuse(context, [], `${shown}must start with https:// or http://.`);
  } else if (!URL.canParse(text)) {
    refuse(context, [], "is no valid URL. Correct it.");
  } else if (new URL(text).username !== "" || new URL(text).password !== "") {
    refuse(context, [], "holds a user name or password. Take them out and set them on their own.");
  }
  return text.replace(/\/+$/, "");
});

const keystoneAddress = address.transform((url, context) => {
  if (url.endsWith("/v2.0")) {
    refuse(context, [], "is that of Keystone v2, which is not supported. Use the one ending in /v3.");
  }
  return url.endsWith("/v3") ? url : `${url}/v3`;
});

/** Of the map, Manila's address; the other services are of no concern here. */
const endpointOverrides = z
  .string()
  .transform((text, context) => {
    try {
      const map: unknown = JSON.parse(text);
      return map;
    } catch {
      // The parser's own message quotes the text, and an address can hold a password.
      refuse(context, [], 'is no JSON. Write a map such as {"sharev2": "https://manila.example.com/v2"}.');
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.string(), { error: "must be a JSON map from service to URL. Correct it." }))
  .transform((map) => map.sharev2 ?? map["shared-file-system"])
  // @pulumi/openstack also takes a service type in place of a URL. Both of Manila's are looked up anyway.
  .transform((url) => (url === "sharev2" || url === "shared-file-system" ? undefined : url))
  .pipe(address.optional());

/** `2.22` pins, `2` only says which of Manila's two APIs, as openstacksdk's settings of that name do. */
const microversion = z.string().transform((text, context) => {
  if (!/^2(\.\d+)?$/.test(text)) {
    refuse(context, [], `is ${JSON.stringify(text)}, must be one of API version 2, such as 2.22.`);
  }
  return text === "2" ? undefined : text;
});

/** Node's timers can't count much further than days, and nobody waits for a request that long. */
const LONGEST_DURATION = 3_600_000;

const duration = z.string().transform((text, context) => {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined && milliseconds > LONGEST_DURATION) {
    refuse(context, [], `is ${JSON.stringify(text)}, must be at most 1h.`);
    return z.NEVER;
  }
  if (milliseconds === undefined) {
    refuse(context, [], `is ${JSON.stringify(text)}, must be a time above zero with its unit, such as 60s.`);
    return z.NEVER;
  }
  return milliseconds;
});

const countFrom = (least: number): z.ZodType<number, string> =>
  z.string().transform((text, context) => {
    if (!/^\d{1,6}$/.test(text) || Number(text) < least) {
      refuse(context, [], `is ${JSON.stringify(text)}, must be a whole number, at least ${least}.`);
    }
    return Number(text);
  });

/** Where to connect and how, everything but the login and the certificates. */
export const connectionSchema = z
  .object({
    authUrl: keystoneAddress,
    region: z.string().optional(),
    endpointType: interfaceText,
    endpointOverrides: endpointOverrides.optional(),
    endpointOverride: address.optional(),
    microversion: microversion.optional(),
    debug: booleanText,
    requestTimeout: duration,
    connectTimeout: duration,
    listFreshness: duration,
    maxRetries: countFrom(0),
    maxRequestsInFlight: countFrom(1),
  })
  .transform(
    ({ endpointType, endpointOverrides, requestTimeout, connectTimeout, listFreshness, ...same }) => ({
      ...same,
      interface: endpointType,
      endpointOverride: endpointOverrides ?? same.endpointOverride,
      requestTimeoutMilliseconds: requestTimeout,
      connectTimeoutMilliseconds: connectTimeout,
      listFreshnessMilliseconds: listFreshness,
    }),
  );
