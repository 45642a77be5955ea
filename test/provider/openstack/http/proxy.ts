import http from "node:http";
import net from "node:net";
import type { Duplex } from "node:stream";
import { listen } from "./server";

/** A proxy on 127.0.0.1 that forwards HTTP and tunnels HTTPS. */
export interface TestProxy {
  url: string;
  /** What it was asked for, such as `CONNECT 127.0.0.1:443` and `GET http://127.0.0.1/v2`. */
  asked: string[];
}

/** Starts a proxy; with a refusal, such as 407, it answers everything with that. */
export async function startProxy(refusal?: number): Promise<TestProxy> {
  const asked: string[] = [];
  const server = http.createServer((request, reply) => {
    asked.push(`${request.method} ${request.url}`);
    if (refusal !== undefined) {
      reply.writeHead(refusal, { "content-type": "text/html" }).end("<title>Proxy</title>");
      return;
    }
    const { method, headers, url = "" } = request;
    const onward = http.request(url, { method, headers }, (answer) => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(reply);
    });
    request.pipe(onward);
  });
  server.on("connect", (request: http.IncomingMessage, socket: Duplex) => {
    asked.push(`CONNECT ${request.url}`);
    if (refusal !== undefined) {
      socket.end(
        `HTTP/1.1 ${refusal} No\r\ncontent-type: text/html\r\ncontent-length: 20\r\n\r\n<title>Proxy</title>`,
      );
      return;
    }
    tunnel(request.url ?? "", socket);
  });
  const { port } = await listen(server);
  return { url: `http://127.0.0.1:${port}`, asked };
}

function tunnel(target: string, socket: Duplex): void {
  const { hostname, port } = new URL(`http://${target}`);
  const onward = net.connect(Number(port), hostname, () => {
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    onward.pipe(socket).pipe(onward);
  });
  onward.once("error", () => socket.destroy());
  socket.once("error", () => onward.destroy());
}
