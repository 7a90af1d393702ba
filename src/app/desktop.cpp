#include "app/desktop.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/command_inserter.h"

namespace diktate {
namespace {

class UnknownTarget final : public TextTarget {
 public:
  std::string name() const override { return ""; }
};

class HeldInserter final : public TextInserter {
 public:
  std::unique_ptr<TextTarget> remember() override { return std::make_unique<UnknownTarget>(); }
  Result<Insertion> insert(TextTarget& /*target*/, const InsertRequest& /*request*/,
                           std::stop_token /*cancel*/) override {
    return Insertion{"none", Receipt::none, true, "the text is held: 'diktate last --print' shows it"};
  }
  std::string name() const override { return "none"; }
};

template <class Port>
using Made = Result<std::unique_ptr<Port>>;

template <class Port>
struct Row {
  std::string_view name;
  Made<Port> (*make)(const DesktopChoice& choice);
  bool automatic;  // "auto" tries it; what fails then is a problem
};

Made<TextInserter> command(const DesktopChoice& choice) { return make_command_inserter({choice.command}); }

Made<TextInserter> held(const DesktopChoice& /*choice*/) { return make_held_inserter(); }

Made<Hotkeys> no_keys(const DesktopChoice& /*choice*/) { return std::unique_ptr<Hotkeys>(); }

// In the order in which "auto" tries them. "none" comes last in each, and always works.
constexpr std::array<Row<TextInserter>, 2> kInserters{{
    {"command", command, false},
    {"none", held, false},
}};
constexpr std::array<Row<Hotkeys>, 1> kHotkeys{{
    {"none", no_keys, false},
}};

template <class Rows>
std::vector<std::string> names_of(const Rows& rows) {
  std::vector<std::string> names{"auto"};
  for (const auto& row : rows) names.emplace_back(row.name);
  return names;
}

Result<void> check_name(std::string_view setting, const std::string& name,
                        const std::vector<std::string>& names) {
  if (std::find(names.begin(), names.end(), name) != names.end()) return {};
  return fail(ErrorKind::invalid,
              fmt::format("[{}] method: '{}' is none of {}", setting, name, fmt::join(names, ", ")));
}

template <class Port, std::size_t size>
std::unique_ptr<Port> make(const std::array<Row<Port>, size>& rows, const std::string& name,
                           const DesktopChoice& choice, std::vector<std::string>& problems) {
  std::vector<std::string> failed;
  for (const Row<Port>& row : rows) {
    if (name == "auto" ? !row.automatic : row.name != name) continue;
    auto made = row.make(choice);
    if (made) return std::move(*made);
    failed.push_back(made.error().message);
  }
  problems.insert(problems.end(), failed.begin(), failed.end());
  return std::move(*rows.back().make(choice));
}

}  // namespace

std::vector<std::string> inserter_names() { return names_of(kInserters); }

std::vector<std::string> hotkeys_names() { return names_of(kHotkeys); }

Result<void> check_desktop(const DesktopChoice& choice) {
  if (auto known = check_name("insert", choice.insert, inserter_names()); !known) return known;
  if (auto known = check_name("hotkeys", choice.hotkeys, hotkeys_names()); !known) return known;
  if (choice.insert != "command") return {};
  const auto made = command(choice);
  return made ? Result<void>() : tl::unexpected(made.error());
}

Desktop make_desktop(const DesktopChoice& choice) {
  Desktop desktop;
  desktop.inserter = make(kInserters, choice.insert, choice, desktop.problems);
  desktop.hotkeys = make(kHotkeys, choice.hotkeys, choice, desktop.problems);
  return desktop;
}

std::unique_ptr<TextInserter> make_held_inserter() { return std::make_unique<HeldInserter>(); }

}  // namespace diktate
