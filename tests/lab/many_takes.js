// Dictates for a second, over and over, into the window that has the focus, and says what that costs the daemon: many_takes.js
// DIKTATE WARM COUNT. Something is being said all the while. One line of JSON after WARM takes, one after COUNT more, and one when
// the models are unloaded: resident_kb, own_kb (without pages of files), descriptors, threads (without the two that come with the
// first notice and the first sound); of all takes so far, delivered (with a receipt of the window), typed, and lost (none of these, nor empty).
'use strict';
const fs = require('fs');
const {Daemon, sleep} = require('./daemon.js');

const [program, warm, count] = process.argv.slice(2);
let delivered = 0;
let typed = 0;
let lost = 0;

function say(daemon) {
  const tasks = `/proc/${daemon.process.pid}/task`;
  const names = fs.readdirSync(tasks).map(task => fs.readFileSync(`${tasks}/${task}/comm`, 'utf8').trim());
  const threads = names.filter(name => name !== 'notify' && name !== 'cues').length;
  const status = fs.readFileSync(`/proc/${daemon.process.pid}/status`, 'utf8');
  const number = name => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)[1]);
  console.log(JSON.stringify({resident_kb: number('VmRSS'), own_kb: number('RssAnon'), descriptors: fs.readdirSync(`/proc/${daemon.process.pid}/fd`).length,
                              threads, delivered, typed, lost}));
}

async function dictate(daemon) {
  await daemon.call('start');
  await sleep(1000);
  const row = await daemon.call('finish', {wait: true});
  if (row.receipt === 'target') ++delivered;
  else if (row.receipt === 'sent') ++typed;  // the window was busy for so long
  else if (row.outcome !== 'empty') ++lost;
}

async function main() {
  const daemon = await Daemon.start(program);
  for (let i = 0; i < Number(warm); ++i) await dictate(daemon);
  await sleep(1000);  // what was borrowed is given back
  say(daemon);
  for (let i = 0; i < Number(count); ++i) await dictate(daemon);
  await sleep(1000);
  say(daemon);
  while ((await daemon.call('status')).models !== 'unloaded') await sleep(200);
  await sleep(500);
  say(daemon);
  await daemon.end();
}

main().catch(error => {
  console.error(error.stack);
  process.exit(1);
});
