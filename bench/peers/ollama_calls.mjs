// How long a chat takes with npm's ollama: node ollama_calls.mjs FOLDER URL COUNT. FOLDER is the package's. Prints a line for
// each: wall time and the server's own total, in ms.
import { pathToFileURL } from "node:url";

const [folder, host, count] = process.argv.slice(2);
const { Ollama } = await import(pathToFileURL(folder + "/dist/index.mjs"));
const client = new Ollama({ host });
const messages = [{ role: "user", content: "<dictation>\nhello there\n</dictation>" }];
await client.list();
for (let i = 0; i < Number(count); ++i) {
  const start = performance.now();
  let last;
  for await (const part of await client.chat({ model: "stand-in", messages, stream: true })) last = part;
  console.log(performance.now() - start, last.total_duration / 1e6);
}
