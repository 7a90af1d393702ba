// Dictates with the key and says how long the text took into the window: key_to_window.js DIKTATE FILE COUNT KEYS SOUND...
// FILE is what the window writes. KEYS are held by xdotool, joined by plus signs; "commands" stands for a key of the compositor's
// that runs `start` and `finish`. SOUNDs are played in turns, and the key goes up as each ends. After each take `dictate --from`
// has the same sound. One line of JSON a take. FILE is looked at every millisecond: a text is there as soon as it has grown.
'use strict';
const {spawn, spawnSync, execFileSync} = require('child_process');
const fs = require('fs');

const [program, file, count, keys, ...sounds] = process.argv.slice(2);
const pause = new Int32Array(new SharedArrayBuffer(4));
const wait = ms => Atomics.wait(pause, 0, 0, ms);
const sizeOf = () => fs.statSync(file, {throwIfNoEntry: false})?.size ?? 0;
const run = (...args) => spawnSync(program, args, {encoding: 'utf8', timeout: 60000});
const isIdle = () => run('status', '--json').stdout.includes('"state":"idle"');
const rows = () => JSON.parse(run('history', '--json').stdout).takes;

const names = keys.split('+');
const xdotool = (what, list) => execFileSync('xdotool', list.flatMap(key => [what, key]));
const press = keys === 'commands' ? () => run('start') : () => xdotool('keydown', names);
const release = keys === 'commands' ? () => spawn(program, ['finish'], {stdio: 'ignore'})
                                    : () => xdotool('keyup', [...names].reverse());

let known = (rows()[0] || {id: 0}).id;
for (let take = 0; take < Number(count); ++take) {
  const sound = sounds[take % sounds.length];
  const before = sizeOf();
  press();
  wait(400);
  execFileSync('paplay', ['--device=speaker', '--latency-msec=50', sound]);
  const released = performance.now();
  release();
  while (sizeOf() <= before && performance.now() < released + 20000) wait(1);
  const arrived = performance.now();
  while (!isIdle()) wait(20);
  let row = rows()[0];
  for (; !row || row.id === known; row = rows()[0]) wait(20);
  known = row.id;
  const deliver = row.spans.find(span => span.name === 'deliver');
  const alone = JSON.parse(run('dictate', '--from', sound, '--json').stdout);
  console.log(JSON.stringify({key_to_text_ms: arrived - released, stop_to_text_ms: row.stop_to_text_ms,
                              deliver_ms: deliver ? deliver.duration_ms : null, outcome: row.outcome, receipt: row.receipt,
                              alone_ms: alone.stop_to_text_ms}));
}
