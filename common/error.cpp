#include "common/error.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace dateline {

bool is_hindrance(std::string_view system_error) {
  constexpr std::array kHindrances = {EACCES, EPERM, EMFILE,  ENFILE, ENOMEM,   EAGAIN,
                                      EINTR,  ELOOP, ENOTDIR, ESTALE, ETIMEDOUT};
  return std::ranges::any_of(kHindrances,
                             [&](int error) { return system_error == std::strerror(error); });
}

std::string_view reason_code(BadArticle reason) {
  switch (reason) {
    case BadArticle::no_date:
      return "no-date";
    case BadArticle::bad_date:
      return "bad-date";
    case BadArticle::not_text:
      return "not-text";
    case BadArticle::empty:
      return "empty";
    case BadArticle::too_large:
      return "too-large";
    case BadArticle::unreadable:
      return "unreadable";
  }
  return "unknown";
}

}  // namespace dateline
