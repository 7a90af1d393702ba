// Kills a daemon at seeded moments of its takes, and says what is left of each: kills.js DIKTATE COUNT SEED SPEECH.wav. Every
// second one dies between key up and a moment after its text is in the window. A sound server, a display and a window with the focus are there.
// One line of JSON a kill:
//   moment_ms    after key down;  key_up: whether the key had gone up
//   heard_ms     how much of the take the daemon is known to have read: its level events, one for each 100 ms
//   where        "unfinished", "history", or "none";  kept_ms: of an unfinished take, the sound that is kept
//   clipboard    "old", "dictated", "empty" or "other: ..."
'use strict';
const {spawn, spawnSync} = require('child_process');
const {Daemon, sleep} = require('./daemon.js');

const [program, count, seed, speech] = process.argv.slice(2);
const speechMs = 2400;
const run = (name, args, options) => spawnSync(name, args, {encoding: 'utf8', timeout: 30000, ...options});

// Mulberry32: the same moments for the same seed.
let state = Number(seed) >>> 0;
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

const play = () => spawn('paplay', ['--device=speaker', '--latency-msec=30', speech], {stdio: 'ignore'});
const takesOf = (command, key) => JSON.parse(run(program, [command, '--json']).stdout)[key];

// From key up to the text in the window, of a take that may live.
async function insertingTakes() {
  const daemon = await Daemon.start(program);
  play();
  await daemon.call('start');
  await sleep(speechMs);
  const final = new Promise(done => (daemon.finals = done));
  const released = performance.now();
  daemon.call('finish');
  await final;
  const took = performance.now() - released;
  await daemon.kill();
  return took;
}

async function clipboard(old) {
  for (const until = performance.now() + 5000; performance.now() < until; await sleep(50)) {
    const {status, stdout} = run('xclip', ['-selection', 'clipboard', '-o'], {timeout: 3000});
    if (status !== 0 || stdout === '') continue;
    if (stdout === old) return 'old';
    return /americ/i.test(stdout) ? 'dictated' : `other: ${stdout.slice(0, 40)}`;
  }
  return 'empty';
}

async function one(number, latency) {
  const daemon = await Daemon.start(program);
  const old = `copied before take ${number}`;
  run('xclip', ['-selection', 'clipboard'], {input: old, stdio: ['pipe', 'ignore', 'ignore']});
  const known = new Set([...takesOf('history', 'takes'), ...takesOf('recover', 'unfinished')].map(take => take.id));
  const moment = number % 2 === 0 ? random() * speechMs : speechMs + latency * 1.2 * random();
  const player = play();
  await daemon.call('start');
  const down = performance.now();
  await sleep(Math.min(moment, speechMs));
  const keyUp = moment > speechMs;
  if (keyUp) daemon.call('finish');
  await sleep(down + moment - performance.now());
  const levels = daemon.levels;
  const died = performance.now() - down;
  await daemon.kill();
  player.kill();
  const left = {number, moment_ms: Math.round(died), key_up: keyUp, heard_ms: levels * 100, clipboard: await clipboard(old)};
  const unfinished = takesOf('recover', 'unfinished').find(take => !known.has(take.id));
  const row = takesOf('history', 'takes').find(take => !known.has(take.id));
  if (unfinished) return {...left, where: 'unfinished', id: unfinished.id, stage: unfinished.stage, kept_ms: unfinished.audio_s * 1000};
  if (row) return {...left, where: 'history', id: row.id, outcome: row.outcome, text: row.clean_text};
  return {...left, where: 'none'};
}

async function main() {
  const latency = Math.min(await insertingTakes(), await insertingTakes());  // the first may be slow
  for (let number = 0; number < Number(count); ++number) console.log(JSON.stringify(await one(number, latency)));
}

main().catch(error => {
  console.error(error.stack);
  process.exit(1);
});
