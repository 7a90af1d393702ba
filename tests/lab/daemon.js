// A daemon that a script starts, calls and ends: its process, and one connection to its socket (docs/rpc.md).
'use strict';
const {spawn} = require('child_process');
const net = require('net');
const path = require('path');

const sleep = ms => new Promise(done => setTimeout(done, Math.max(0, ms)));

class Daemon {
  // Its models are loaded then, and nothing is missing. `levels` counts its level events, `finals` is called at a final one.
  static async start(program) {
    const daemon = new Daemon();
    daemon.process = spawn(program, ['daemon'], {stdio: 'ignore'});
    daemon.ended = new Promise(done => daemon.process.on('exit', done));
    for (;;) {
      if (await daemon.connect()) break;
      await sleep(10);
    }
    daemon.call('subscribe', {events: ['level', 'final']});
    for (;;) {
      const status = await daemon.call('status');
      if (status.models === 'loaded' && status.degraded.length === 0) return daemon;
      await sleep(20);
    }
  }

  connect() {
    this.levels = 0;
    this.answers = new Map();
    this.socket = net.connect(path.join(process.env.XDG_RUNTIME_DIR, 'diktate', 'rpc.sock'));
    let rest = '';
    this.socket.on('data', data => {
      const lines = (rest + data).split('\n');
      rest = lines.pop();
      for (const line of lines) this.read(JSON.parse(line));
    });
    return new Promise(done => {
      this.socket.on('connect', () => done(true));
      this.socket.on('error', () => done(false));
    });
  }

  read(message) {
    if (message.method === 'event') {
      if (message.params.event === 'level') ++this.levels;
      if (message.params.event === 'final') this.finals?.();
      return;
    }
    this.answers.get(message.id)?.(message.result);
    this.answers.delete(message.id);
  }

  call(method, params = {}) {
    const id = (this.number = (this.number ?? 0) + 1);
    this.socket.write(JSON.stringify({jsonrpc: '2.0', id, method, params}) + '\n');
    return new Promise(done => this.answers.set(id, done));
  }

  async end() {
    this.process.kill('SIGTERM');
    await this.ended;
    this.socket.destroy();
  }

  async kill() {
    this.process.kill('SIGKILL');
    await this.ended;
    this.socket.destroy();
  }
}

module.exports = {Daemon, sleep};
