#include "net/transfer_error.h"

#include <curl/curl.h>

#include "net/transfer.h"

namespace diktate {
namespace {

// Results of OpenSSL's X509_verify_cert(), from x509_vfy.h.
constexpr long kNotYetValid = 9;
constexpr long kExpired = 10;
constexpr long kSelfSigned = 18;
constexpr long kSelfSignedInChain = 19;
constexpr long kNoIssuerHere = 20;
constexpr long kNoIssuerSent = 21;

Error certificate_error(long verified, const std::string& detail, const std::string& host) {
  const std::string certificate = "the certificate of " + host;
  if (detail.find("target host name") != std::string::npos) {  // libcurl's own check, after OpenSSL's
    return {ErrorKind::failed, certificate + " is for another host"};
  }
  switch (verified) {
    case kExpired:
      return {ErrorKind::failed, certificate + " has expired"};
    case kNotYetValid:
      return {ErrorKind::failed, certificate + " is not valid yet; is the clock right?"};
    case kSelfSigned:
    case kSelfSignedInChain:
    case kNoIssuerHere:
    case kNoIssuerSent:
      return {ErrorKind::failed, certificate + " is signed by nobody whom this machine trusts"};
    default:
      return {ErrorKind::failed, certificate + " is not good: " + detail};
  }
}

}  // namespace

Error transfer_error(int code, long verified, const std::string& detail, const Route& route) {
  const std::string host = route.url.endpoint.text();
  const std::string why = detail.empty() ? curl_easy_strerror(static_cast<CURLcode>(code)) : detail;
  switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
      return certificate_error(verified, why, host);
    case CURLE_SSL_CONNECT_ERROR:
      return {ErrorKind::failed, "no TLS with " + host + ": " + why};
    case CURLE_SSL_CACERT_BADFILE:
      return {ErrorKind::unavailable, "the certificates to trust cannot be read: " + why};
    case CURLE_GOT_NOTHING:
      return {ErrorKind::failed, host + " closed the connection without an answer"};
    case CURLE_PARTIAL_FILE:
      return {ErrorKind::failed, host + " closed the connection in mid-answer"};
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return {ErrorKind::failed, host + " does not speak HTTP"};
    case CURLE_PROXY:
      return {ErrorKind::unavailable, "the proxy " + route.next_hop().text() + " refused: " + why};
    default:
      return {ErrorKind::failed, host + ": " + why};
  }
}

}  // namespace diktate
