// In the stall lab: how long fresh processes take from their start to the first answer, in ms, as JSON.
// node stall.mjs DIKTATE STAND_IN URL ADDRESS COUNT: the server listens on ADDRESS. Each client is one process a call. Peers are
// run once only, as they may wait for minutes; after ten seconds they are ended, and that is their time.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";

const [diktate, stand_in, url, address, count] = process.argv.slice(2);
const server = spawn("node", [stand_in, "--loaded", "--host", address, "--port", "11434"], { stdio: ["ignore", "pipe", "inherit"] });
await new Promise((listening) => server.stdout.once("data", listening));

// Nothing of what one process learns is there for the next.
function environment() {
  const home = mkdtempSync(tmpdir() + "/diktate-stall-");
  return { home, env: { ...process.env, HOME: home, XDG_STATE_HOME: home, XDG_CONFIG_HOME: home } };
}

const longest = 10000;

async function time(command, input, expected, complaints) {
  const { home, env } = environment();
  const start = performance.now();
  const child = spawn(command[0], command.slice(1), { env, stdio: ["pipe", "pipe", complaints] });
  child.stdin.end(input);
  let output = "";
  let first;
  child.stdout.on("data", (bytes) => {
    first ??= performance.now();
    output += bytes;
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), longest);
  await new Promise((closed) => child.once("close", closed));
  clearTimeout(timer);
  rmSync(home, { recursive: true });
  if (first === undefined && performance.now() - start >= longest) return longest;
  if (!output.includes(expected)) throw new Error(`${command[0]} said: ${output}`);
  return first - start;
}

async function times(runs, command, input, expected, complaints) {
  const ms = [];
  for (let i = 0; i < runs; ++i) ms.push(await time(command, input, expected, complaints));
  return ms;
}

const clean = [diktate, "clean", "--processor", "ollama", "--model", "stand-in", "--endpoint", url, "--deadline-ms", "30000"];
const body = JSON.stringify({ model: "stand-in", stream: false, messages: [{ role: "user", content: "hello" }] });
const python = `import requests; print(requests.post("${url}/api/chat", data=${JSON.stringify(body)}).text)`;
const fetching = `fetch("${url}/api/chat", { method: "POST", body: ${JSON.stringify(body)} }).then(async (r) => console.log(await r.text()))`;

const figures = { diktate: await times(Number(count), clean, "um it works", "It works.", "inherit") };
const peers = { curl: ["curl", "-sS", "-d", body, url + "/api/chat"], requests: ["/usr/bin/python3", "-c", python], node: ["node", "-e", fetching] };
for (const [name, command] of Object.entries(peers)) {
  try {
    figures[name] = await times(1, command, "", "ok", "ignore");
  } catch {
    figures[name] = [];
  }
}
server.kill();
console.log(JSON.stringify(figures));
