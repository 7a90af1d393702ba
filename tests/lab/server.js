// A server for the lab: node server.js ADDRESS PORT. Answers everything at once, and says when it listens.
const server = require("http").createServer((request, response) => {
  request.resume();
  response.end("ok");
});
const [address, port] = process.argv.slice(2);
server.listen(Number(port), address, () => console.log("listening"));
