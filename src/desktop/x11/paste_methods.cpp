#include "desktop/x11/paste_methods.h"

namespace diktate {
namespace {

constexpr SelectionName kClipboard[] = {SelectionName::clipboard};
// Some are set up to paste the clipboard with the same keys; what was there must not come.
constexpr SelectionName kBoth[] = {SelectionName::primary, SelectionName::clipboard};
constexpr const char* kCtrl[] = {"Control_L"};
constexpr const char* kShift[] = {"Shift_L"};
constexpr const char* kCtrlShift[] = {"Control_L", "Shift_L"};

constexpr PasteMethod kCtrlV{"paste Ctrl+V", kClipboard, kCtrl, "v"};
constexpr PasteMethod kShiftInsert{"paste Shift+Insert", kClipboard, kShift, "Insert"};
constexpr PasteMethod kCtrlShiftV{"paste Ctrl+Shift+V", kClipboard, kCtrlShift, "v"};
constexpr PasteMethod kPrimary{"paste selection Shift+Insert", kBoth, kShift, "Insert"};

}  // namespace

std::vector<const PasteMethod*> paste_methods_for(PasteKind kind) {
  switch (kind) {
    case PasteKind::ordinary:
      return {&kCtrlV, &kShiftInsert};
    case PasteKind::shift_insert:
      return {&kShiftInsert};
    case PasteKind::terminal:
      return {&kCtrlShiftV};
    case PasteKind::primary_terminal:
      return {&kPrimary};
  }
  return {};
}

}  // namespace diktate
