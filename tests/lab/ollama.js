// A stand-in for an Ollama server, in the shapes of Ollama 0.32.15 (tests/data/ollama): no model, but the time that one
// would take. It "cleans" what stands between <dictation> and </dictation>: a capital, a full stop, no "um".
//
//   node ollama.js [--port N] [--host ADDRESS] [--log FILE] [--load-ms N] [--prompt-rate N] [--rate N] [--no-cache]
//                  [--idle-s N] [--idle-end fin|rst|race] [--say TEXT] [--status N] [--missing] [--loaded] [--hang]
//                  [--gate FILE]
//
// Rates are tokens a second, 0 for at once; a token is four bytes. What the last prompt began with need not be read
// again, unless --no-cache. --idle-s closes idle connections, as uvicorn and Node do, or resets them, or resets them
// when the next request begins to arrive, without acting on it. It prints its address when it
// listens, and writes a line of JSON to --log for every request. What is to be said is said once the file --gate is there.
"use strict";
const fs = require("fs");
const http = require("http");

const options = { port: 0, host: "127.0.0.1", log: "", "load-ms": 0, "prompt-rate": 0, rate: 0, "idle-s": 0, "idle-end": "fin", say: "", status: 0, gate: "" };
const flags = new Set();
for (let i = 2; i < process.argv.length; ++i) {
  const name = process.argv[i].slice(2);
  if (name in options) options[name] = typeof options[name] === "number" ? Number(process.argv[++i]) : process.argv[++i];
  else flags.add(name);
}

const model = "stand-in:latest";
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const tokens = (text) => Math.ceil(text.length / 4);
const ns = (ms) => Math.round(ms * 1e6);
let loaded = flags.has("loaded");
let cached = "";
let connections = 0;

function note(entry) {
  if (options.log) fs.appendFileSync(options.log, JSON.stringify(entry) + "\n");
}

function json(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8", "Content-Length": Buffer.byteLength(text) });
  response.end(text);
}

function answer_to(messages) {
  if (options.say) return options.say;
  const said = /<dictation>\n([^]*)\n<\/dictation>/.exec(messages.at(-1).content);
  if (!said) return "ok";
  const text = said[1].replace(/\b(um|uh)\b,? */g, "");
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
}

async function load() {
  const start = performance.now();
  if (!loaded) await sleep(options["load-ms"]);
  loaded = true;
  return performance.now() - start;
}

// The time that `count` tokens take at a rate.
const time_of = (count, rate) => (rate > 0 ? (count * 1000) / rate : 0);

async function read_prompt(messages) {
  const prompt = messages.map((message) => message.role + "\n" + message.content).join("\n");
  let same = 0;
  while (!flags.has("no-cache") && same < Math.min(prompt.length, cached.length) && prompt[same] === cached[same]) ++same;
  cached = prompt;
  const start = performance.now();
  await sleep(time_of(tokens(prompt.slice(same)), options["prompt-rate"]));
  return { count: tokens(prompt), ms: performance.now() - start };
}

async function chat(response, body) {
  const start = performance.now();
  const load_ms = await load();
  const last = (done_reason, prompt, answer) => {
    const now = performance.now();
    return {
      model: body.model, created_at: new Date().toISOString(), message: { role: "assistant", content: "" }, done: true, done_reason,
      total_duration: ns(now - start), load_duration: ns(load_ms), prompt_eval_count: prompt.count, prompt_eval_duration: ns(prompt.ms),
      eval_count: answer.count, eval_duration: ns(answer.ms),
    };
  };
  if (body.messages.length === 0) return json(response, 200, last("load", { count: 0, ms: 0 }, { count: 0, ms: 0 }));
  const prompt = await read_prompt(body.messages);
  while (options.gate && body.options?.num_predict !== 1 && !fs.existsSync(options.gate)) await sleep(20);
  const whole = body.options?.num_predict === 1 ? "O" : answer_to(body.messages);
  const pieces = whole.match(/[^]{1,4}/g);
  const decode = performance.now();
  response.writeHead(200, { "Content-Type": "application/x-ndjson" });
  for (let i = 0; i < pieces.length; ++i) {
    const due = decode + time_of(i + 1, options.rate);
    if (due > performance.now()) await sleep(due - performance.now());
    if (response.destroyed) return;
    const message = { role: "assistant", content: pieces[i] };
    if (body.stream !== false) response.write(JSON.stringify({ model: body.model, created_at: new Date().toISOString(), message, done: false }) + "\n");
  }
  cached += "\nassistant\n" + whole;
  const end = last(pieces.length === 1 && body.options?.num_predict === 1 ? "length" : "stop", prompt, { count: pieces.length, ms: performance.now() - decode });
  if (body.stream === false) end.message.content = whole;
  response.end(JSON.stringify(end) + "\n");
}

function rows() {
  const row = { name: model, model, size: 5e9, digest: "0", details: { family: "llama", parameter_size: "4B" } };
  return { tag: row, ps: { ...row, expires_at: new Date(Date.now() + 3e5).toISOString(), size_vram: 4e9, context_length: 4096 } };
}

async function act(request, response, body) {
  if (request.method === "HEAD") return response.writeHead(200).end();
  if (flags.has("hang") && request.url === "/api/chat") return;
  if (options.status && request.url === "/api/chat") return json(response, options.status, { error: "this is what it says" });
  switch (request.url) {
    case "/api/version": return json(response, 200, { version: "0.32.15" });
    case "/api/tags": return json(response, 200, { models: flags.has("missing") ? [] : [rows().tag] });
    case "/api/ps": return json(response, 200, { models: loaded ? [rows().ps] : [] });
    case "/api/show":
      if (flags.has("missing") || body.model.split(":")[0] !== "stand-in") return json(response, 404, { error: `model '${body.model}' not found` });
      return json(response, 200, { capabilities: ["completion"], model_info: { "general.architecture": "llama", "llama.context_length": 8192 } });
    case "/api/chat": return chat(response, body);
    default: return json(response, 404, { error: "not found" });
  }
}

const closes = options["idle-s"] > 0 && options["idle-end"] === "fin";
const idle_ms = options["idle-s"] * 1000;

// What a connection that idled too long meets, other than a close in good order.
function watch_idle(socket) {
  if (idle_ms === 0 || closes) return true;
  const idled = socket.answered !== undefined && performance.now() - socket.answered >= idle_ms;
  if (idled && options["idle-end"] === "race") socket.resetAndDestroy();
  return !idled;
}

function answered(socket) {
  socket.answered = performance.now();
  clearTimeout(socket.idle);
  if (idle_ms > 0 && options["idle-end"] === "rst") socket.idle = setTimeout(() => socket.resetAndDestroy(), idle_ms);
}

const server = http.createServer({ keepAliveTimeout: closes ? idle_ms : 36e5 }, (request, response) => {
  if (!watch_idle(request.socket)) return;
  clearTimeout(request.socket.idle);
  response.on("finish", () => answered(request.socket));
  let bytes = "";
  request.on("data", (chunk) => { bytes += chunk; });
  request.on("end", () => {
    let body = {};
    try { body = bytes ? JSON.parse(bytes) : {}; } catch { return json(response, 400, { error: "this is no JSON" }); }
    request.socket.turn = (request.socket.turn ?? 0) + 1;
    note({ method: request.method, path: request.url, connection: request.socket.number, turn: request.socket.turn, body });
    act(request, response, body);
  });
});
server.on("connection", (socket) => {
  socket.number = ++connections;
  socket.setNoDelay(true);
});
server.listen(options.port, options.host, () => console.log(`http://${options.host}:${server.address().port}`));
