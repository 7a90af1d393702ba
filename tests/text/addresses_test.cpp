#include "text/pass.h"

namespace diktate {
namespace {

TEST(AddressesTest, WritesSpokenMailAddresses) {
  expect_pairs(
      write_addresses,
      {
          {"john dot smith at example dot com", "john.smith@example.com"},
          {"write to john dot smith at example dot com please", "write to john.smith@example.com please"},
          {"my address is anna at gmail dot com", "my address is anna@gmail.com"},
          {"a b c at g mail dot com", "abc@gmail.com"},
          {"c d f at a b c dot e d u", "cdf@abc.edu"},
          {"a b c at g mail dot a b c", "abc@gmail.abc"},
          {"a at nvidia dot com", "a@nvidia.com"},
          {"a dot b c at gmail dot com", "a.bc@gmail.com"},
          {"email no dash reply at example dot com", "email no-reply@example.com"},
          {"john plus news at example dot com", "john+news@example.com"},
          {"ask john at sign example dot com", "ask john@example.com"},
          {"mail anna at example dot com and bob at example dot org",
           "mail anna@example.com and bob@example.org"},
          {"reach us at support at example dot com", "reach us at support@example.com"},
          {"anna dot lee at the guardian dot co dot uk", "anna.lee@theguardian.co.uk"},
      });
}

TEST(AddressesTest, ReadsDigitsInsideAnAddress) {
  expect_pairs(
      write_addresses,
      {
          {"j underscore doe ninety nine at mail dot example dot co dot uk", "j_doe99@mail.example.co.uk"},
          {"a s d f one two three at a b c dot com", "asdf123@abc.com"},
          {"a one b two at a b c dot com", "a1b2@abc.com"},
          {"a b three dot s d d dot three at g mail dot com", "ab3.sdd.3@gmail.com"},
          {"a b three hyphen s d d dash three at n y u dot e d u", "ab3-sdd-3@nyu.edu"},
          {"write to kore two eight six at gmail dot com", "write to kore286@gmail.com"},
          {"www dot three sixty five dot com", "www.365.com"},
      });
}

TEST(AddressesTest, WritesSpokenUrls) {
  expect_pairs(write_addresses,
               {
                   {"go to www dot example dot com slash about", "go to www.example.com/about"},
                   {"w w w dot example dot com slash about us", "www.example.com/about us"},
                   {"it is on example dot com today", "it is on example.com today"},
                   {"https colon slash slash example dot com slash a b c", "https://example.com/abc"},
                   {"h t t p colon slash slash w w w dot o u r d a i l y n e w s dot com dot s m",
                    "http://www.ourdailynews.com.sm"},
                   {"n vidia dot com", "nvidia.com"},
                   {"w w w dot our daily news dot com", "www.ourdailynews.com"},
                   {"github dot com slash torvalds slash linux", "github.com/torvalds/linux"},
                   {"example dot com slash some underscore page dash two", "example.com/some_page-2"},
                   {"example dot com slash search question mark q equals cats", "example.com/search?q=cats"},
                   {"http colon slash slash localhost colon eighty", "http://localhost:80"},
                   {"example dot com slash tilde anna", "example.com/~anna"},
                   {"my docs dot python dot org", "my docs.python.org"},
                   {"example dot c o dot u k", "example.co.uk"},
                   {"visit my dash site dot org", "visit my-site.org"},
                   {"telegram dot me slash anna", "telegram.me/anna"},
               });
}

TEST(AddressesTest, CompletesWhatTheRecogniserWroteInPart) {
  expect_pairs(write_addresses, {
                                    {"Mail John.Smith at example.com.", "Mail john.smith@example.com."},
                                    {"John dot Smith at Example dot com.", "john.smith@example.com."},
                                    {"Email Anna at example.com, please.", "Email anna@example.com, please."},
                                    {"Go to example.com slash help.", "Go to example.com/help."},
                                    {"John@example dot com", "john@example.com"},
                                    {"WWW dot Example dot com", "www.example.com"},
                                });
}

TEST(AddressesTest, TakesNoWordOfTheSentenceForALocalPart) {
  expect_pairs(write_addresses,
               {
                   {"meet me at example dot com", "meet me at example.com"},
                   {"look at google dot com", "look at google.com"},
                   {"get the best deals at amazon dot com", "get the best deals at amazon.com"},
                   {"he works at google dot com", "he works at google.com"},
                   {"i am a designer at google dot com", "i am a designer at google.com"},
                   {"see us at five at example dot com", "see us at five at example.com"},
                   {"the sale is today at example dot com", "the sale is today at example.com"},
                   {"meet anna at example dot com", "meet anna at example.com"},
                   {"there is more at cnn dot com", "there is more at cnn.com"},
                   {"read google dot com at example dot com", "read google.com at example.com"},
               });
}

TEST(AddressesTest, KeepsWordsThatOnlySoundLikeAnAddress) {
  expect_kept(write_addresses, {
                                   "the dot com bubble burst",
                                   "a failed dot com startup",
                                   "it was a dot com",
                                   "two dot com companies",
                                   "look at the dot on the map",
                                   "a polka dot in the corner",
                                   "every dot and dash means a letter",
                                   "she arrived at nine on the dot",
                                   "we plan to slash prices at the store",
                                   "is it red or blue or red slash blue",
                                   "Visit example.com, then call us.",
                                   "We met at 5 p.m. at the office.",
                                   "Mail it to anna@example.com today.",
                                   "See you at 5 at example.com.",
                                   "the time is five colon thirty",
                               });
}

TEST(AddressesTest, WritesSpanishAddresses) {
  expect_pairs(
      write_addresses,
      {
          {"escribe a juan punto pérez arroba ejemplo punto com", "escribe a juan.perez@ejemplo.com"},
          {"Escríbeme a Ana.García arroba ejemplo.es.", "Escríbeme a ana.garcia@ejemplo.es."},
          {"mi correo es info arroba empresa punto es", "mi correo es info@empresa.es"},
          {"a b c arroba g mail punto a b c", "abc@gmail.abc"},
          {"uve doble uve doble uve doble punto ejemplo punto es barra contacto", "www.ejemplo.es/contacto"},
          {"entra en h t t p s dos puntos barra barra ejemplo punto com", "entra en https://ejemplo.com"},
          {"ana guion bajo lópez arroba el mundo punto es", "ana_lopez@elmundo.es"},
          {"busca en ejemplo punto com y llama", "busca en ejemplo.com y llama"},
          {"c d f arroba a b c punto e d u y luego llama", "cdf@abc.edu y luego llama"},
          {"escribe a info arroba empresa punto com punto mx", "escribe a info@empresa.com.mx"},
      },
      "es");
  expect_kept(write_addresses,
              {
                  "vendió una arroba de trigo",
                  "vivo en madrid punto es una ciudad grande",
                  "estoy a punto de salir",
                  "punto por punto lo explicó todo",
                  "la burbuja punto com",
                  "se acabó punto no hay más",
              },
              "es");
}

}  // namespace
}  // namespace diktate
