// Presses the key of a daemon at chosen instants of speech that a virtual microphone hears, and says what became of the words:
// key_times.js DIKTATE PHRASE.wav first|last COUNT PREROLL_MS. The phrase is 16 kHz mono and begins and ends with speech; the
// daemon keeps the sound of its takes (privacy level 3), in which the instants are measured. One line of JSON a take.
'use strict';
const {spawn, spawnSync, execFileSync} = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const [program, phrase, edge, count, preroll] = process.argv.slice(2);
const periodMs = 6000;
const sleep = ms => new Promise(done => setTimeout(done, Math.max(0, ms)));
const now = () => performance.now();

function samplesOf(file) {
  const bytes = fs.readFileSync(file);
  return new Int16Array(bytes.buffer, bytes.byteOffset + 44, Math.floor((bytes.length - 44) / 2));
}

function loop(samples, periods) {
  const period = periodMs * 16;
  const all = new Int16Array(period * periods);
  for (let i = 0; i < periods; ++i) all.set(samples, i * period);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + all.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(16000, 24);
  header.writeUInt32LE(32000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(all.byteLength, 40);
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'diktate-keys-')), 'loop.wav');
  fs.writeFileSync(file, Buffer.concat([header, Buffer.from(all.buffer)]));
  return file;
}

const run = (...args) => spawnSync(program, args, {encoding: 'utf8', timeout: 60000});
const isLoud = sample => Math.abs(sample) > 300;

const newestRow = () => JSON.parse(run('history', '--json').stdout).takes[0];

// The row of the take that is over, which is written after its text is delivered.
let known = 0;
function nextRow() {
  for (;;) {
    const row = newestRow();
    if (row && row.id !== known) {
      known = row.id;
      return row;
    }
  }
}

// The take that is over: its text, and where in its sound the phrase begins and ends.
function lastTake() {
  const done = run('finish', '--wait', '--json');
  const take = JSON.parse(done.stdout.trim().split('\n').pop());
  const row = nextRow();
  const sound = samplesOf(row.audio);
  const first = sound.findIndex(isLoud);
  let last = sound.length - 1;
  while (last >= 0 && !isLoud(sound[last])) --last;
  const span = (row.spans || []).find(known => known.name === 'first_sample');
  return {text: take.clean_text, length_ms: sound.length / 16, first_ms: first / 16, last_ms: last / 16,
          first_sample_ms: span ? span.duration_ms : null};
}

async function main() {
  known = (newestRow() || {id: 0}).id;
  const samples = samplesOf(phrase);
  const phraseMs = samples.length / 16;
  const file = loop(samples, Number(count) * 4 + 8);
  const player = spawn('paplay', ['--device=speaker', '--latency-msec=50', file], {stdio: 'ignore'});
  try {
    await sleep(1500);
    // When the phrase begins, on this clock: from a take that heard it whole.
    let begun = 0;
    for (;;) {
      run('start');
      begun = now() - Number(preroll);
      await sleep(periodMs);
      const heard = lastTake();
      if (heard.first_ms > Number(preroll) + 100) {
        begun += heard.first_ms;
        break;
      }
      await sleep(periodMs / 2);  // it began in the middle of the phrase
    }
    let again = Number(count);
    for (let done = 0; done < Number(count); ++done) {
      const wait = (250 / Math.max(1, Number(count) - 1)) * done;  // 0 to 250 ms into the phrase
      const late = (50 / Math.max(1, Number(count) - 1)) * done;   // 0 to 50 ms after it
      const begins = begun + Math.ceil((now() + 500 - begun) / periodMs) * periodMs;
      await sleep(begins + (edge === 'first' ? wait : -400) - now());
      run('start');
      const lateBy = now() - begins;  // at most: the daemon has the key by then
      await sleep(begins + phraseMs + (edge === 'last' ? late : 600) - now());
      const take = lastTake();
      const key = edge === 'first' ? Number(preroll) - take.first_ms : take.length_ms - take.last_ms;
      // On a busy machine the program to press the key may start so late that no pre-roll of this length can help.
      if (edge === 'first' && lateBy > Number(preroll) - 10 && again-- > 0) {
        --done;
        continue;
      }
      console.log(JSON.stringify({key_ms: Math.round(key), ...take}));
    }
  } finally {
    player.kill();
    fs.rmSync(path.dirname(file), {recursive: true});
  }
}

main().catch(error => {
  console.error(error.message);
  process.exit(1);
});
