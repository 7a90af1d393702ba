# diktate_embed_languages(<variable> <folder>): makes a source file that holds every .toml of the folder, and names it in the
# variable. A new file needs nothing but to be there.
function(diktate_embed_languages variable folder)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.toml)
  set(entries "")
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    cmake_path(GET file STEM name)
    file(READ ${file} content)
    string(APPEND entries "    {\"${name}\", R\"toml(${content})toml\"},\n")
  endforeach()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/languages.cpp)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [=[#include "text/languages.h"

#include <array>

namespace diktate {
namespace {

constexpr auto kLanguages = std::to_array<BuiltInLanguage>({
@entries@});

}  // namespace

const std::span<const BuiltInLanguage> kBuiltInLanguages = kLanguages;

}  // namespace diktate
]=])
  # Its strings are longer than the standard asks of a compiler. With options of its own it stays out of unity builds.
  set_source_files_properties(${source} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
  set(${variable} ${source} PARENT_SCOPE)
endfunction()
