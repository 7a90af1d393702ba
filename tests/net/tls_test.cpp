// TLS and HTTP/2, against nghttpd and node with certificates made for the test.
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"
#include "net/http_client.h"
#include "net/net_fixture.h"
#include "net/tiny_server.h"
#include "skip.h"

namespace diktate {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

bool run(const std::string& command) {
  return std::system(("(" + command + ") >/dev/null 2>&1").c_str()) == 0;
}

// A child that ends with this object. What it prints goes to `log`.
class Child {
 public:
  Child(std::vector<std::string> words, const std::filesystem::path& log) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ != 0) return;
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    ::execvp(arguments.front(), arguments.data());
    ::_exit(127);
  }
  ~Child() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

 private:
  pid_t pid_ = -1;
};

class Tls : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* tool : {"openssl version", "nghttpd --version", "node --version"}) {
      if (!run(tool)) DIKTATE_SKIP("this needs " << tool);
    }
    ASSERT_TRUE(run("cd " + folder.path().string() +
                    " && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key "
                    "-out ca.pem -days 2 -subj /CN=Test"));
  }

  // A certificate by our CA; `days` may be in the past.
  void certify(const std::string& name, const std::string& days) const {
    std::ofstream(folder.path() / "ext") << "subjectAltName=DNS:" << name << "\n";
    ASSERT_TRUE(
        run("cd " + folder.path().string() +
            " && openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key "
            "-out server.csr -subj /CN=server && openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key "
            "-CAcreateserial -extfile ext -out server.pem -days " +
            days));
  }

  std::string file(const std::string& name) const { return (folder.path() / name).string(); }

  std::unique_ptr<HttpClient> tls_client(bool trusting = true) const {
    return client_with({.ca_file = trusting ? file("ca.pem") : "",
                        .lookup = knows({{"good.test", {"127.0.0.1"}}, {"other.test", {"127.0.0.1"}}})});
  }

  // Asks until the server listens.
  static Result<HttpResponse> ask(HttpClient& client, const std::string& url) {
    Result<HttpResponse> response;
    for (int i = 0; i < 200; ++i) {
      response = client.request({.url = url}, {});
      if (response || response.error().kind != ErrorKind::refused) return response;
      std::this_thread::sleep_for(milliseconds(20));
    }
    return response;
  }

  // A port that was free a moment ago.
  static std::string free_port() { return std::to_string(TinyServer(TinyServer::answers("")).port()); }

  std::string answer_of_nghttpd(const std::string& name, const std::string& host, bool trusting,
                                const std::string& days) {
    certify(name, days);
    const std::string port = free_port();
    std::ofstream(folder.path() / "index.html") << "hello";
    const Child server(
        {"nghttpd", "-d", folder.path().string(), port, file("server.key"), file("server.pem")},
        folder.path() / "log");
    const auto client = tls_client(trusting);
    const auto response = ask(*client, "https://" + host + ":" + port + "/index.html");
    if (!response) return response.error().message;
    return "HTTP " + std::to_string(response->status) + " " + response->body;
  }

  static void expect_refusal(const std::string& message, const std::string& part) {
    EXPECT_NE(message.find(part), std::string::npos) << message;
  }

  // Node's HTTP/2 server with this code for each `stream`; `sessions` and `streams` count. `answer` waits for
  // the whole request: node resets a stream that was answered before, which libcurl takes for a failure.
  std::unique_ptr<Child> node(const std::string& port, const std::string& on_stream) const {
    std::ofstream(folder.path() / "server.js") << R"(
      const fs = require("fs"), http2 = require("http2");
      let sessions = 0, streams = 0;
      const server = http2.createSecureServer({key: fs.readFileSync("server.key"), cert: fs.readFileSync("server.pem")});
      server.on("session", session => { ++sessions; session.on("error", () => {}); });
      server.on("stream", stream => {
        ++streams;
        stream.on("error", () => {});
        const answer = body => stream.resume().on("end", () => { stream.respond({":status": 200}); stream.end(body); });
        )" << on_stream << R"( });
      server.on("sessionError", () => {});
      server.listen(Number(process.argv[2]), "127.0.0.1");)";
    const std::string command = "cd " + folder.path().string() + " && exec node server.js " + port;
    return std::make_unique<Child>(std::vector<std::string>{"sh", "-c", command}, folder.path() / "log");
  }

  ScratchFolder folder;
};

TEST_F(Tls, SpeaksHttp2ToAServerThatItTrusts) {
  EXPECT_EQ(answer_of_nghttpd("good.test", "good.test", true, "2"), "HTTP 200 hello");
}

TEST_F(Tls, RefusesAnExpiredCertificate) {
  expect_refusal(answer_of_nghttpd("good.test", "good.test", true, "-1"), "has expired");
}

TEST_F(Tls, RefusesTheCertificateOfAnotherHost) {
  expect_refusal(answer_of_nghttpd("good.test", "other.test", true, "2"), "is for another host");
}

TEST_F(Tls, RefusesACertificateByNobodyWeTrust) {
  expect_refusal(answer_of_nghttpd("good.test", "good.test", false, "2"), "whom this machine trusts");
}

TEST_F(Tls, SaysThatAServerDoesNotSpeakIt) {
  TinyServer server([](Peer& peer, int) { peer.send("220 mail.test ESMTP\r\n"); });
  const auto client = tls_client();
  const auto refused = client->request({.url = "https://good.test:" + std::to_string(server.port())}, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::failed);
  EXPECT_TRUE(refused.error().message.starts_with("no TLS with good.test:")) << refused.error().message;
}

TEST_F(Tls, DoesNotWaitForAHandshakeThatHangs) {
  TinyServer server([](Peer& peer, int) { peer.read_request(); });
  const auto client = tls_client();
  const std::string url = "https://good.test:" + std::to_string(server.port());
  const auto late = client->request({.url = url, .deadline = in(milliseconds(1000))}, {});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::timeout);
  EXPECT_NE(late.error().message.find("did not complete the TLS handshake"), std::string::npos)
      << late.error().message;
}

TEST_F(Tls, SharesOneConnectionAmongRequests) {
  certify("good.test", "2");
  const std::string port = free_port();
  const auto server = node(port, "answer(String(sessions));");
  const auto client = tls_client();
  const std::string url = "https://good.test:" + port + "/";
  const auto cold = ask(*client, url);
  ASSERT_TRUE(cold) << cold.error().message;
  EXPECT_GT(cold->timings.tls, Nanoseconds{});
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      const auto shared = client->request({.url = url}, {});
      EXPECT_TRUE(shared && shared->timings.reused && shared->body == "1");
    });
  }
}

TEST_F(Tls, ConnectsAgainAfterAGoaway) {
  certify("good.test", "2");
  const std::string port = free_port();
  const auto server =
      node(port,
           "answer(String(streams));"
           "const session = stream.session; if (streams === 1) setTimeout(() => session.goaway(0), 50);");
  const auto client = tls_client();
  const std::string url = "https://good.test:" + port + "/";
  ASSERT_TRUE(ask(*client, url));
  std::this_thread::sleep_for(milliseconds(1500));
  const auto again = client->request({.method = "POST", .url = url, .body = "{}"}, {});
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->body, "2");
  EXPECT_FALSE(again->timings.reused);
}

TEST_F(Tls, SendsARefusedStreamAgain) {
  certify("good.test", "2");
  const std::string port = free_port();
  const auto server = node(port,
                           "if (streams === 2) return stream.close(http2.constants.NGHTTP2_REFUSED_STREAM);"
                           "answer(String(streams));");
  const auto client = tls_client();
  const std::string url = "https://good.test:" + port + "/";
  ASSERT_TRUE(ask(*client, url));
  const auto again = client->request({.method = "POST", .url = url, .body = "{}"}, {});
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->body, "3");
  EXPECT_EQ(again->timings.attempts, 2);
}

}  // namespace
}  // namespace diktate
