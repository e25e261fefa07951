#include "indexer/extract/speakers/cue.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "common/error.h"
#include "indexer/extract/lexicon.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;

namespace {

const std::string kHeader = "lemma\tframes\tpast\tparticiple\tthird_person\n";

std::vector<Cue> cues_of(std::string_view rows) {
  const TemporaryFolder folder;
  write_file(folder / "cues.tsv", kHeader + std::string(rows));
  return read_cues(folder / "cues.tsv");
}

// "admit admitted": the forms of the rows, " n" behind those that are nouns.
std::string forms_of(std::string_view rows) {
  std::string forms;
  for (const auto& cue : cues_of(rows)) {
    forms += (forms.empty() ? "" : " ") + cue.form;
    if (cue.has(Frame::noun)) forms += "(n)";
  }
  return forms;
}

std::string error_of(std::string_view rows) {
  try {
    cues_of(rows);
  } catch (const Error& error) {
    const std::string text = error.what();
    return text.substr(text.find("cues.tsv"));
  }
  return "no error";
}

}  // namespace

TEST_CASE("a row that names a lemma gives the forms that English makes by rule") {
  CHECK(forms_of("add\tclause\n") == "add added adding adds");
  CHECK(forms_of("agree\tclause\n") == "agree agreed agreeing agrees");
  CHECK(forms_of("deny\tclause\n") == "deny denied denying denies");
  CHECK(forms_of("gush\tquote\n") == "gush gushed gushing gushes");
  CHECK(forms_of("lie\tquote\n") == "lie lied lying lies");
  CHECK(forms_of("nod\tquote\n") == "nod nodded nodding nods");
  CHECK(forms_of("note\tclause\n") == "note noted noting notes");
  CHECK(forms_of("say\tclause\n") == "say sayed saying says");
  CHECK(forms_of("scoff\tquote\n") == "scoff scoffed scoffing scoffs");
  CHECK(forms_of("veto\tquote\n") == "veto vetoed vetoing vetoes");
}

TEST_CASE("forms in a row stand for those of the rule, a hyphen for none") {
  CHECK(forms_of("say\tclause\tsaid\n") == "say said saying says");
  CHECK(forms_of("write\tclause\twritten,wrote\n") == "write written wrote writing writes");
  CHECK(forms_of("according\taccording\t-\t-\t-\n") == "according");
  CHECK(forms_of("admit\tclause\tadmitted\tadmitting\n") == "admit admitted admitting admits");
}

TEST_CASE("base and third person of a cue with the frame noun are nouns as well") {
  CHECK(forms_of("claim\tclause,noun\n") == "claim(n) claimed claiming claims(n)");
  CHECK(forms_of("go\tquote,base_noun\twent\n") == "go(n) went going goes");
}

TEST_CASE("a past form that is the base form again makes no second cue") {
  const auto cues = cues_of("add\tclause\nput\tquote\tput\n");
  REQUIRE(cues.size() == 7);
  CHECK_FALSE(cues[0].past_is_base);
  CHECK(cues[4].form == "put");
  CHECK(cues[4].past_is_base);
}

TEST_CASE("a frame that there is not, and a form of two lemmas, are errors") {
  CHECK(error_of("add\tclouse\n") == "cues.tsv: \"clouse\" is no frame of a cue");
  CHECK(error_of("find\tthat\tfound\nfound\tquote\n") ==
        "cues.tsv: \"found\", a form of \"found\", is there already");
  CHECK(error_of("add\tclause\n") == "no error");
}

TEST_CASE("a role or gender that there is not is an error that names file and word") {
  const auto error_with = [](std::string_view table, std::string_view bytes) {
    const TemporaryFolder folder;
    std::filesystem::copy(data_folder() / "en", folder / "en",
                          std::filesystem::copy_options::recursive);
    write_file(folder / "en" / table, bytes);
    try {
      Lexicon::load(folder.path());
    } catch (const Error& error) {
      const std::string text = error.what();
      return text.substr(text.find(table));
    }
    return std::string("no error");
  };
  CHECK(error_with("speech_words.tsv", "word\trole\nthe\tarticel\n") ==
        "speech_words.tsv: \"articel\" is no role of a word (of \"the\")");
  CHECK(error_with("titles.tsv", "word\tgender\nabbess\tf\n") ==
        "titles.tsv: \"f\" is no gender of a title (of \"abbess\")");
  CHECK(error_with("titles.tsv", "word\tgender\nabbess\tfemale\n") == "no error");
}
