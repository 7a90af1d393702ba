// A page with a text, for a browser: page_target.js FILE. The text is written to FILE at every `input` event, and once, empty, when
// the page has the focus. Prints the page's address.
'use strict';
const fs = require('fs');
const http = require('http');

const file = process.argv[2];
const page = `<!doctype html><meta charset="utf-8"><title>target</title>
<textarea autofocus style="width: 95vw; height: 90vh"></textarea>
<script>
const text = document.querySelector("textarea");
const tell = () => fetch("/text", {method: "POST", body: text.value});
text.addEventListener("input", tell);
text.focus();
tell();
</script>`;

http.createServer((request, response) => {
  if (request.method !== 'POST') return response.setHeader('content-type', 'text/html').end(page);
  const parts = [];
  request.on('data', part => parts.push(part)).on('end', () => {
    fs.writeFileSync(file + '.new', Buffer.concat(parts));
    fs.renameSync(file + '.new', file);
    response.end();
  });
}).listen(0, '127.0.0.1', function() { console.log(`http://127.0.0.1:${this.address().port}/`); });
