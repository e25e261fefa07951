#include "indexer/write/xapian_document.h"

#include <string>

namespace dateline {

Xapian::Document to_xapian(const IndexedDocument& document) {
  Xapian::Document made;
  std::string name;
  document.terms.for_each([&](std::string_view term, TermList::Kind kind, std::uint32_t position) {
    name = term;
    switch (kind) {
      case TermList::Kind::posting:
        return made.add_posting(name, position);
      case TermList::Kind::counted:
        return made.add_term(name);
      case TermList::Kind::flag:
        return made.add_boolean_term(name);
    }
  });
  for (const auto& [slot, value] : document.values) made.add_value(number(slot), value);
  made.set_data(document.data);
  return made;
}

}  // namespace dateline
