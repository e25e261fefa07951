// What goes wrong, in words for the person who must mend it.
//
// An error ends at one of two places: at its article (skipped, counted, reported) or in main.
// Others only add to it, translate it or clean up. `message` names the file, line and the offending
// text. What to do about it, when something is known: `remedy`, a value, where it takes an option
// or a program (common/cli/hint words it), else `hint`, in words.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "common/remedy.h"

namespace dateline {

class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message, std::string hint = "")
      : std::runtime_error(message), hint_(std::move(hint)) {}
  Error(const std::string& message, Remedy remedy)
      : std::runtime_error(message), remedy_(std::move(remedy)) {}
  const std::optional<Remedy>& remedy() const { return remedy_; }
  const std::string& hint() const { return hint_; }  // "" when there is none

 private:
  std::string hint_;
  std::optional<Remedy> remedy_;
};

// Something may not or cannot be read now, which says nothing of what is in it.
class UnreadableError : public Error {
  using Error::Error;
};

// Of the text of an error of the system: does it say that something may not or cannot be read now?
bool is_hindrance(std::string_view system_error);

// Standard output takes no more: a full disk, or a reader that has seen enough. Statuses are those
// of sysexits.h.
class OutputError : public std::system_error {
 public:
  explicit OutputError(int error)
      : std::system_error(error, std::generic_category(), "standard output") {}
  bool reader_is_gone() const { return code() == std::errc::broken_pipe; }
};
constexpr int kOutputStatus = 74;

// Why a file is no article. The order is that of reports.
enum class BadArticle { no_date, bad_date, not_text, empty, too_large, unreadable };

// "no-date", "bad-date", ...: the reason code of summaries and JSON.
std::string_view reason_code(BadArticle reason);

class ArticleError : public Error {
 public:
  ArticleError(BadArticle reason, const std::string& message) : Error(message), reason_(reason) {}
  BadArticle reason() const { return reason_; }

 private:
  BadArticle reason_;
};

}  // namespace dateline
