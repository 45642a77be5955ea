import { z } from "zod";
import { ReplyError } from "./errors";
import type { HttpReply, HttpRequest } from "./message";

/** A text that a reply may say null for, or leave out. */
export const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

/** The body of a successful reply, as the API promises it; undefined where it is empty. */
export function parsedReply<Body>(schema: z.ZodType<Body>, request: HttpRequest, reply: HttpReply): Body {
  const json = parsedJson(reply.text);
  if (json === undefined && reply.text !== "") {
    throw unexpected(request, reply, "it is not JSON");
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw unexpected(request, reply, flaws(parsed.error));
  }
  return parsed.data;
}

/** What is wrong with what a reply holds, in one line. */
export function flaws(error: z.ZodError): string {
  return z.prettifyError(error).replace(/\s*\n\s*/g, " ");
}

/** The value of a JSON text, or undefined if it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unexpected(
  { action, method, url }: HttpRequest,
  { status, headers }: HttpReply,
  found: string,
): ReplyError {
  const kind = headers.get("content-type") ?? "no content type";
  return new ReplyError(
    `Can't ${action}: ${method} ${url} answered ${status} (${kind}), but not as the API does: ${found}. ` +
      "A proxy or another service may be in the way.",
  );
}
