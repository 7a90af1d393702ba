#include "text/pass.h"

namespace diktate {
namespace {

TEST(DigitsTest, WritesTelephoneNumbers) {
  expect_pairs(
      write_digits,
      {
          {"call five five five zero one two three", "call 555-0123"},
          {"dial eight hundred five five five zero one two three now", "dial 800-555-0123 now"},
          {"four one five five five five oh one two three", "415-555-0123"},
          {"one eight hundred five five five oh one nine nine", "1-800-555-0199"},
          {"five double five oh one double two", "555-0122"},
          {"triple five zero one two three", "555-0123"},
          {"five five five twelve twelve", "555-1212"},
          {"five five five two thousand", "555-2000"},
          {"plus one four one five five five five oh one two three", "+1 415-555-0123"},
          {"plus forty four one two three one two three five six seven eight", "+44 123-123-5678"},
          {"Call five five five, zero one two three.", "Call 555-0123."},
          {"My number is four one five, five five five, zero one two three.", "My number is 415-555-0123."},
          {"call 5 5 5 0 1 2 3", "call 555-0123"},
      });
}

TEST(DigitsTest, WritesCodes) {
  expect_pairs(write_digits,
               {
                   {"the pin is one two three four", "the pin is 1234"},
                   {"my code is four two", "my code is 42"},
                   {"call extension three one two", "call extension 312"},
                   {"she is in room two oh four today", "she is in room 204 today"},
                   {"flight two thirty seven to boston", "flight 237 to boston"},
                   {"the order number is five five five zero one two three", "the order number is 5550123"},
                   {"it ends in nine oh four six", "it ends in 9046"},
                   {"area code four one five", "area code 415"},
               });
}

TEST(DigitsTest, KeepsNumbersThatCount) {
  expect_kept(write_digits, {
                                "one two three",
                                "three two one go",
                                "One, two, three, go!",
                                "four five or six of us",
                                "oh one more thing",
                                "twenty twenty four",
                                "twenty five hundred",
                                "two plus two",
                                "room two twenty minutes",
                                "pi is three point one four one five nine",
                                "they are numbered 1 2 3 4",
                            });
}

TEST(DigitsTest, WritesSpanishDigits) {
  expect_pairs(write_digits,
               {
                   {"llama al cinco cinco cinco cero uno dos tres", "llama al 555-0123"},
                   {"el código es cuatro dos", "el código es 42"},
                   {"la clave es siete siete uno nueve", "la clave es 7719"},
               },
               "es");
  expect_kept(write_digits, {"uno dos tres ya", "dos o tres cosas", "treinta y cinco"}, "es");
}

TEST(VersionsTest, WritesVersions) {
  expect_pairs(write_versions, {
                                   {"version three point two point one", "version 3.2.1"},
                                   {"it needs python three point eleven", "it needs python 3.11"},
                                   {"version two point oh", "version 2.0"},
                                   {"version two point one", "version 2.1"},
                                   {"version twenty twenty four point one", "version 2024.1"},
                                   {"ten point zero point one five", "10.0.15"},
                                   {"one ninety two dot one sixty eight dot one dot one", "192.168.1.1"},
                                   {"ten dot zero dot zero dot two fifty five", "10.0.0.255"},
                                   {"version 3 point 2", "version 3.2"},
                               });
  expect_kept(write_versions, {"three point five percent", "two point five million", "the point of it",
                               "three point eleven million", "one point is clear"});
  expect_pairs(write_versions, {{"la versión tres punto dos punto uno", "la versión 3.2.1"}}, "es");
  expect_kept(write_versions, {"quiero tres punto once vienen"}, "es");
}

}  // namespace
}  // namespace diktate
