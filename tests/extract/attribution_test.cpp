// Who said what: the 24 annotated articles of tests/data/speakers, and the constructions one by
// one.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "common/text/name_key.h"
#include "indexer/formats/article_format.h"
#include "tests/extract/annotated_articles.h"

using namespace dateline;
using namespace dateline::test;
using Json = nlohmann::json;

namespace {

const std::string kFolder = "speakers";  // of tests/data

struct Score {
  int right = 0;
  int predicted = 0;
  int wanted = 0;
  double f1() const { return 200.0 * right / (predicted + wanted); }
};

std::size_t shared(const std::vector<Span>& a, const std::vector<Span>& b) {
  std::size_t bytes = 0;
  for (const auto x : a) {
    for (const auto y : b) {
      const auto begin = std::max(x.begin, y.begin);
      const auto end = std::min(x.end, y.end);
      bytes += end > begin ? end - begin : 0;
    }
  }
  return bytes;
}

std::size_t length(const std::vector<Span>& spans) { return shared(spans, spans); }

std::vector<Span> segments(const Json& quote) {
  std::vector<Span> spans;
  for (const auto& segment : quote.at("segments"))
    spans.push_back({segment[0].get<std::uint32_t>(), segment[1].get<std::uint32_t>()});
  return spans;
}

// A quotation is found when half of the shorter one is shared; right when its speaker is as well.
void score_article(const Json& expected, const Record& record, Score& persons, Score& attribution) {
  std::set<std::string> wanted;
  std::set<std::string> found;
  for (const auto& speaker : expected.at("speakers")) {
    if (speaker.at("type") == "person")
      wanted.insert(name_key(speaker.at("name").get<std::string>()));
  }
  for (const auto& speaker : record.speakers) {
    if (speaker.type == SpeakerType::person) found.insert(name_key(speaker.name));
  }
  persons.wanted += static_cast<int>(wanted.size());
  persons.predicted += static_cast<int>(found.size());
  for (const auto& name : found) persons.right += wanted.contains(name) ? 1 : 0;

  std::set<const Quote*> used;
  for (const auto& quote : expected.at("quotes")) {
    if (quote.at("kind") == "indirect" || quote.at("speaker").is_null()) continue;
    ++attribution.wanted;
    const auto spans = segments(quote);
    const Quote* best = nullptr;
    std::size_t most = 0;
    for (const auto& candidate : record.quotes) {
      const auto bytes = shared(spans, candidate.segments);
      if (used.contains(&candidate) ||
          bytes * 2 < std::min(length(spans), length(candidate.segments)) || bytes <= most)
        continue;
      best = &candidate;
      most = bytes;
    }
    if (best == nullptr) continue;
    used.insert(best);
    if (best->speaker &&
        name_key(*best->speaker) == name_key(quote.at("speaker").get<std::string>()))
      ++attribution.right;
  }
  // Named quotations with marks that match nothing are false; those that match an annotated one of
  // any kind are not counted twice.
  for (const auto& quote : record.quotes) {
    if (!quote.speaker || quote.kind == QuoteKind::indirect) continue;
    const bool known = std::ranges::any_of(expected.at("quotes"), [&](const Json& gold_quote) {
      return shared(segments(gold_quote), quote.segments) > 0 && !used.contains(&quote) &&
             !gold_quote.at("speaker").is_null();
    });
    if (!known) ++attribution.predicted;
  }
}

// "speaker: text" of each quotation.
std::vector<std::string> said(const std::string& body) {
  const Article article =
      parse_article("a.txt", " date 2024-05-16 \n\nA picture from the hall\n\n" + body + "\n");
  std::vector<std::string> lines;
  for (const auto& quote : extractor().extract(article).quotes) {
    lines.push_back(quote.speaker.value_or("-") + ": " +
                    std::string(slice(article.text, quote.segments.front())));
  }
  return lines;
}

std::vector<std::string> speakers(const std::string& body) {
  std::vector<std::string> names;
  const Article article =
      parse_article("a.txt", " date 2024-05-16 \n\nA picture from the hall\n\n" + body + "\n");
  for (const auto& speaker : extractor().extract(article).speakers) names.push_back(speaker.name);
  return names;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("24 articles annotated apart from the rules: persons and attribution", "[attribution]") {
  Score persons;
  Score attribution;
  for (const auto& record : gold(kFolder))
    score_article(record, extracted(kFolder, record.at("path").get<std::string>()), persons,
                  attribution);
  INFO("persons F1 " << persons.f1() << ", attribution F1 " << attribution.f1());
  CHECK(persons.f1() >= 90.0);
  CHECK(attribution.f1() >= 90.0);
}

TEST_CASE("the cue stands after, before and between", "[attribution]") {
  CHECK(said("“We met twice,” said Anna Lind, the mayor.") == Lines{"Anna Lind: “We met twice,”"});
  CHECK(said("Anna Lind, the mayor, said: “We met twice.”") == Lines{"Anna Lind: “We met twice.”"});
  CHECK(said("“We met,” Anna Lind said, “and we will meet again.”") ==
        Lines{"Anna Lind: “We met,”"});
  CHECK(said("According to Anna Lind, the bridge is closed.") ==
        Lines{"Anna Lind: the bridge is closed"});
  CHECK(said("\"We are blind,\" its duty controller, Anna Lind, told the Wire.") ==
        Lines{"Anna Lind: \"We are blind,\""});
  CHECK(said("\"It is a cup,\" said the manager, Phil Lund.") ==
        Lines{"Phil Lund: \"It is a cup,\""});
}

TEST_CASE("a name that is a word as well is a name after a quotation", "[attribution]") {
  CHECK(speakers("Peter Lynch came. “It is late,” Lynch said.") == Lines{"Peter Lynch"});
  CHECK(speakers("Jon Tester came. “Is it late?” Tester demanded.") == Lines{"Jon Tester"});
}

TEST_CASE("sources with what belongs to them", "[attribution]") {
  CHECK(speakers("“It is late,” Mr. Morgan of the River Club said.") == Lines{"Morgan"});
  CHECK(speakers(
            "Anna Lind, 27, who won two stages in May, told a news conference that she was ill.") ==
        Lines{"Anna Lind"});
  CHECK(speakers("Anna Lind issued a statement calling the plan “a joke.”") == Lines{"Anna Lind"});
  CHECK(speakers("A trader, who asked not to be named, said the price would fall.").empty());
}

TEST_CASE("passives, several sources, suffixes and family names that come first", "[attribution]") {
  CHECK(said("“We met,” Anna Lind was quoted as saying by the agency.") ==
        Lines{"Anna Lind: “We met,”"});
  CHECK(said("Anna Lind was quoted by the agency as saying: “We met.”") ==
        Lines{"Anna Lind: “We met.”"});
  CHECK(speakers("Anna Lind, Cho Berg and Bo Ek said in a statement that the talks would go on.") ==
        Lines{"Anna Lind", "Cho Berg", "Bo Ek"});
  CHECK(speakers("Robert Kennedy Jr. said it was late. “So it is,” Kennedy said.") ==
        Lines{"Robert Kennedy Jr."});
  CHECK(said("“It is late,” said Xi Jinping. Xi said it was early.") ==
        Lines{"Xi Jinping: “It is late,”", "Xi Jinping: it was early"});
}

TEST_CASE("nouns that look like cues report nothing", "[attribution]") {
  CHECK(said("In one such email, the parts had “come loose.”").empty());
  CHECK(said("Democratic claims about the “big lie” went on.").empty());
}

TEST_CASE("transcripts, signed quotations and headlines", "[attribution]") {
  CHECK(said("LIND: We met twice. It was late.\n\nBERG: It was early.") ==
        Lines{"LIND: We met twice. It was late", "BERG: It was early"});
  CHECK(said("“It took them years to build it.” — Anna Lind") ==
        Lines{"Anna Lind: “It took them years to build it.”"});
}

TEST_CASE("one surname, two persons", "[attribution]") {
  const std::string couple = "Ted Cruz spoke. He was there with Heidi Cruz, a banker. ";
  CHECK(speakers(couple + "“I left,” Cruz said.") == Lines{"Ted Cruz"});
  CHECK(speakers("The rider Joris Velhagen lost. His father, Hendrik Velhagen, spoke. “He won,” "
                 "the elder Velhagen said.") == Lines{"Hendrik Velhagen"});
  CHECK(speakers("President Okafor came with Michelle Okafor. “We are here,” Mr. Okafor said.") ==
        Lines{"Okafor"});
}

TEST_CASE("a family name with its particle capitalised is the person's", "[attribution]") {
  CHECK(speakers("“It is late,” said Salim bin Hamad. “We go,” the minister said. Bin Hamad said "
                 "so twice.") == Lines{"Salim bin Hamad"});
  CHECK(speakers("“It is late,” said Pieter van der Meulen. Van der Meulen said it was early.") ==
        Lines{"Pieter van der Meulen"});
}

TEST_CASE("a family name keeps its particles in the middle of a sentence", "[attribution]") {
  const std::string fund =
      "The fund is to have its seat in Nairobi, van der Meulen said, \"in a place with fewer "
      "elephants\". ";
  CHECK(speakers(fund) == Lines{"van der Meulen"});
  CHECK(speakers(fund + "The Dutch minister, Pieter van der Meulen, left early.") ==
        Lines{"Pieter van der Meulen"});
  CHECK(speakers(
            "Pieter van der Meulen left early. \"It has lentils on it,\" van der Meulen warned.") ==
        Lines{"Pieter van der Meulen"});
  CHECK(speakers("The talks, di Lorenzo said, \"went nowhere\".") == Lines{"di Lorenzo"});
  CHECK(speakers("The port de Marseille said \"it was late\".") == Lines{});
}

TEST_CASE("a surname behind the name of a firm is a person, who goes on speaking",
          "[attribution]") {
  CHECK(speakers("James Carter met reporters. \"It is late,\" said Northern Bank's Johnsen. \"We "
                 "go,\" he added.") == Lines{"Johnsen"});
  CHECK(speakers("James Carter met reporters. \"It is late,\" said the Northern Bank's Johnsen. "
                 "\"We go,\" he added.") == Lines{"Johnsen"});
}

TEST_CASE("descriptions mean the one talked about", "[attribution]") {
  CHECK(speakers("Anna Lind met voters on Monday. The Texas senator said the road would open.") ==
        Lines{"Anna Lind"});
  CHECK(speakers("The Gulf Farmers' League met. “We lose boats,” the league said.") ==
        Lines{"Gulf Farmers' League"});
  CHECK(speakers("The petition of Norvane Group fell. The company said it would appeal.") ==
        Lines{"Norvane Group"});
}

TEST_CASE("places, photographers and persons inside quotations do not speak", "[attribution]") {
  CHECK(speakers("Moscow says that the talks are over.").empty());
  CHECK(speakers("“Bo Ek said it was late,” Anna Lind said.") == Lines{"Anna Lind"});
}

TEST_CASE("a quotation left open goes on where the next paragraph opens again, and only there",
          "[attribution]") {
  const std::string open = "Anna Lind said: “We met twice.\n\n";
  const auto segments = [](const std::string& body) {
    const Article article =
        parse_article("a.txt", " date 2024-05-16 \n\nA picture from the hall\n\n" + body + "\n");
    Lines lines;
    for (const auto& quote : extractor().extract(article).quotes) {
      std::string line = quote.speaker.value_or("-") + ':';
      for (const Span segment : quote.segments)
        line += ' ' + std::string(slice(article.text, segment));
      lines.push_back(line);
    }
    return lines;
  };
  CHECK(segments(open + "“We will meet again.”\n\n“It is late,” said Bo Ek.") ==
        Lines{"Anna Lind: “We met twice. “We will meet again.”", "Bo Ek: “It is late,”"});
  CHECK(segments(open + "The hall was cold.\n\n“It is late,” said Bo Ek.") ==
        Lines{"Anna Lind: “We met twice.", "Bo Ek: “It is late,”"});
  CHECK(segments("Anna Lind said: “We met twice.”\n\n“It is late,” said Bo Ek.") ==
        Lines{"Anna Lind: “We met twice.”", "Bo Ek: “It is late,”"});
}

TEST_CASE("four words before \"said\" may be what was said, three are none", "[attribution]") {
  CHECK(said("The road is closed, Anna Lind said.") == Lines{"Anna Lind: The road is closed"});
  for (const char* fragment : {"On the bridge", "For now", "No deal", "Yes"}) {
    INFO(fragment);
    CHECK(said(std::string(fragment) + ", Anna Lind said.").empty());
  }
}

TEST_CASE("Jr. and Sr. are two persons", "[attribution]") {
  CHECK(said("“It is late,” said Robert Hale Sr., the father. “We go,” said Robert Hale Jr., the "
             "son.") == Lines{"Robert Hale Sr.: “It is late,”", "Robert Hale Jr.: “We go,”"});
  CHECK(speakers("Robert Hale II said it was late. Robert Hale III said it was early.") ==
        Lines{"Robert Hale II", "Robert Hale III"});
  CHECK(speakers("Robert Hale Sr. said it was late. Robert Hale Sr. said it was early.") ==
        Lines{"Robert Hale Sr."});
}
