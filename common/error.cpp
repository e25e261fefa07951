#include "common/error.h"

namespace dateline {

std::string_view reason_code(BadArticle reason) {
  switch (reason) {
    case BadArticle::no_date: return "no-date";
    case BadArticle::bad_date: return "bad-date";
    case BadArticle::not_text: return "not-text";
    case BadArticle::empty: return "empty";
    case BadArticle::too_large: return "too-large";
    case BadArticle::unreadable: return "unreadable";
  }
  return "unknown";
}

}  // namespace dateline
