import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import type { AddressInfo, Socket } from "node:net";
import net from "node:net";

/** A request as it came in. */
export interface Received {
  method: string;
  url: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export type Answer = (request: Received, reply: http.ServerResponse, count: number) => void;

/** A server on 127.0.0.1 that answers as a test says. */
export interface TestServer {
  url: string;
  port: number;
  requests: Received[];
  /** How many connections were made to it. */
  connections: () => number;
  /** The most requests that were under way at once. */
  most: () => number;
}

const running: (() => Promise<void>)[] = [];

/** Stops all that the test has started: for `afterEach`. */
export async function stopServers(): Promise<void> {
  await Promise.all(running.splice(0).map((stop) => stop()));
}

/** Starts a server for HTTP, or with certificates for HTTPS. */
export async function startServer(answer: Answer, tls?: https.ServerOptions): Promise<TestServer> {
  const requests: Received[] = [];
  let underWay = 0;
  let most = 0;
  const listener = (incoming: http.IncomingMessage, reply: http.ServerResponse): void => {
    most = Math.max(most, ++underWay);
    reply.once("close", () => underWay--);
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.once("end", () => {
      const { method = "", url = "", headers } = incoming;
      const request = { method, url, headers, body: Buffer.concat(chunks).toString() };
      answer(request, reply, requests.push(request));
    });
  };
  const server = tls === undefined ? http.createServer(listener) : https.createServer(tls, listener);
  const { port, connections } = await listen(server);
  const url = `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}`;
  return { url, port, requests, connections, most: () => most };
}

/** Listens on a free port of 127.0.0.1 until `stopServers`. */
export async function listen(server: net.Server): Promise<{ port: number; connections: () => number }> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket: Socket) => {
    connections++;
    sockets.add(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  running.push(async () => {
    sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => server.close(resolve));
  });
  return { port: portOf(server.address()), connections: () => connections };
}

/** A port of 127.0.0.1 on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = portOf(server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") {
    throw new Error(`listens on ${String(address)}, not on a port`);
  }
  return address.port;
}

/** Answers with JSON. */
export function sendJson(
  reply: http.ServerResponse,
  status: number,
  body: unknown = {},
  headers: http.OutgoingHttpHeaders = {},
): void {
  reply.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
