#include "text/pass.h"

namespace diktate {
namespace {

TEST(IdentifiersTest, WritesNamesInTheStyleThatIsNamed) {
  expect_pairs(write_identifiers,
               {
                   {"snake case foo bar", "foo_bar"},
                   {"snake case straße name", "straße_name"},
                   {"camel case foo bar", "fooBar"},
                   {"pascal case http client", "HttpClient"},
                   {"kebab case foo bar baz", "foo-bar-baz"},
                   {"constant case max retry count", "MAX_RETRY_COUNT"},
                   {"dot case foo bar", "foo.bar"},
                   {"rename snake case user id end case to camel case user id", "rename user_id to userId"},
                   {"call camel case is valid, then stop", "call isValid, then stop"},
                   {"snake case h t t p server two", "http_server_2"},
                   {"camel case utf eight decoder", "utf8Decoder"},
                   {"set snake case foo bar equals five", "set foo_bar = 5"},
                   {"the snake case user name end case field", "the user_name field"},
                   {"snake case foo comma bar", "foo comma bar"},
               });
}

TEST(IdentifiersTest, KeepsTalkAboutStyles) {
  expect_kept(write_identifiers, {
                                     "use snake case for variables",
                                     "convert it to camel case",
                                     "the snake case convention",
                                     "in this case use a loop",
                                     "a snake bit the user",
                                     "the test case pascal wrote",
                                     "snake case",
                                 });
}

TEST(IdentifiersTest, WritesPaths) {
  expect_pairs(write_identifiers,
               {
                   {"cd slash usr slash local slash bin", "cd /usr/local/bin"},
                   {"cd slash u s r slash local", "cd /usr/local"},
                   {"open tilde slash notes dot t x t", "open ~/notes.txt"},
                   {"cat tilde slash dot bash underscore history", "cat ~/.bash_history"},
                   {"run dot slash build", "run ./build"},
                   {"cd dot dot slash dot dot slash src", "cd ../../src"},
                   {"cd dot dot", "cd .."},
                   {"cd tilde", "cd ~"},
                   {"open src slash main dot p y", "open src/main.py"},
                   {"look at src slash text slash token", "look at src/text/token"},
                   {"cp foo dot txt slash tmp", "cp foo.txt /tmp"},
                   {"backup slash etc slash hosts now", "backup /etc/hosts now"},
                   {"the file config dot json is missing", "the file config.json is missing"},
                   {"open src slash README.md", "open src/README.md"},
               });
}

TEST(IdentifiersTest, WritesOptions) {
  expect_pairs(write_identifiers,
               {
                   {"git dash dash help", "git --help"},
                   {"make dash v", "make -v"},
                   {"ls dash l a", "ls -la"},
                   {"ls dash dash color equals always", "ls --color=always"},
                   {"git push dash dash dry dash run", "git push --dry-run"},
                   {"docker run dash dash rm dash v slash data", "docker run --rm -v /data"},
                   {"tail dash f slash var slash log slash syslog", "tail -f /var/log/syslog"},
                   {"head dash n five notes dot txt", "head -n 5 notes.txt"},
                   {"kill dash nine", "kill -9"},
                   {"java dash jar app", "java -jar app"},
                   {"find tilde dash name foo", "find ~ -name foo"},
                   {"grep dash i error", "grep -i error"},
                   {"tar minus minus list", "tar --list"},
                   {"make dash dash directory equals slash tmp slash build", "make --directory=/tmp/build"},
                   {"x equals five", "x = 5"},
               });
}

TEST(IdentifiersTest, WritesRecognisedCommandsWithoutTheSentence) {
  EXPECT_EQ(after(write_identifiers, "Snake case foo bar."), "foo_bar");
  EXPECT_EQ(after(write_identifiers, "Cd slash usr slash bin."), "cd /usr/bin");
  EXPECT_EQ(after(write_identifiers, "Git dash dash help."), "git --help");
  EXPECT_EQ(after(write_identifiers, "Fix the test."), "Fix the test");
}

TEST(IdentifiersTest, KeepsWordsThatOnlySoundLikePathsAndOptions) {
  expect_kept(write_identifiers, {
                                     "the dot product of two vectors",
                                     "companies slash prices",
                                     "they plan to slash prices",
                                     "a dash of salt",
                                     "this and slash or that",
                                     "we waited dash i think",
                                     "nobody equals her",
                                     "the path is too long",
                                     "override equals and hash code",
                                     "cd /usr/local/bin",
                                     "ls -l",
                                 });
}

}  // namespace
}  // namespace diktate
