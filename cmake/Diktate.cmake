# What every target of the project shares: language level, warnings, sanitizers, and the three ways to add a target.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

option(DIKTATE_WERROR "Treat warnings as errors" ON)
set(DIKTATE_SANITIZE "" CACHE STRING "Sanitizers, as given to -fsanitize (e.g. address,undefined)")

find_package(Threads REQUIRED)
find_program(DIKTATE_CCACHE ccache)
if(DIKTATE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${DIKTATE_CCACHE})
endif()

add_library(diktate_options INTERFACE)
# Designated initialisers rely on default members, hence no -Wmissing-field-initializers.
target_compile_options(diktate_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
                                                 -Woverloaded-virtual -Wold-style-cast
                                                 -Wno-missing-field-initializers)
# g++ 12 sees overlapping copies in std::string where there are none (its bug 105651, mended in 13).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(diktate_options INTERFACE -Wno-restrict)
endif()
if(DIKTATE_WERROR)
  target_compile_options(diktate_options INTERFACE -Werror)
endif()
if(DIKTATE_SANITIZE)
  target_compile_options(diktate_options INTERFACE -fsanitize=${DIKTATE_SANITIZE} -fno-sanitize-recover=all
                                                   -fno-omit-frame-pointer -O1 -g1)
  target_compile_definitions(diktate_options INTERFACE _GLIBCXX_ASSERTIONS)
  target_link_options(diktate_options INTERFACE -fsanitize=${DIKTATE_SANITIZE})
endif()
if(DIKTATE_FUZZ)
  target_compile_options(diktate_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
target_link_libraries(diktate_options INTERFACE Threads::Threads)

# A test is compiled more often than it is run: unoptimised it takes half the time. What it tests is optimised.
# Linked behind diktate_options, whose -O it takes back.
add_library(diktate_unoptimised INTERFACE)
target_compile_options(diktate_unoptimised INTERFACE -O0)

# add_module(<name> SOURCES ... [LINKS ...] [PRIVATE_LINKS ...]): the folder src/<name> as the library diktate_<name>.
# It may include only what it links: the layers of docs/architecture.md are these LINKS, and the lint test layers reads the includes.
function(add_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(diktate_${name} STATIC ${ARG_SOURCES})
  target_include_directories(diktate_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(diktate_${name} PUBLIC ${ARG_LINKS} PRIVATE diktate_options ${ARG_PRIVATE_LINKS})
  target_link_libraries(diktate_${name} INTERFACE Threads::Threads)
endfunction()

# What every test finds in its environment: the prepared models and one recording of real speech.
set(DIKTATE_TEST_ENVIRONMENT DIKTATE_MODELS=${DIKTATE_MODELS} DIKTATE_JFK=${DIKTATE_JFK})

# What the sanitizers run: no program, no model. The thread sanitizer leaves out what has no second thread.
add_custom_target(unit_tests)

# add_cpp_test(<name> LABELS unit ... SOURCES ... LINKS ...): a GoogleTest program whose cases are listed when ctest runs.
function(add_cpp_test name)
  cmake_parse_arguments(ARG "" "" "LABELS;SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE diktate_options diktate_unoptimised ${ARG_LINKS} GTest::gtest GTest::gtest_main)
  # Most of the time a test takes to compile is the headers of GoogleTest.
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests UNITY_BUILD ON
                                           UNITY_BUILD_BATCH_SIZE 8)
  if(ARG_LABELS MATCHES "unit|pipeline" AND NOT (ARG_LABELS MATCHES "no_threads" AND DIKTATE_SANITIZE STREQUAL "thread"))
    add_dependencies(unit_tests ${name})
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60 NO_PRETTY_VALUES)
  # Set afterwards, as gtest_discover_tests() would take a list of labels or variables apart.
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/${name}_properties.cmake
       "if(${name}_TESTS) # empty where it was not built
  set_tests_properties(\${${name}_TESTS} PROPERTIES LABELS \"${ARG_LABELS}\" ENVIRONMENT \"${DIKTATE_TEST_ENVIRONMENT}\")
endif()\n")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${CMAKE_CURRENT_BINARY_DIR}/${name}_properties.cmake)
endfunction()

# add_script_test(<name> LABELS e2e ... COMMAND <script> [arguments] [SERIAL]): passes with exit 0, is skipped with 77.
# The script finds the program in DIKTATE, the source tree in DIKTATE_SOURCE and the build tree in DIKTATE_BUILD.
# SERIAL: nothing else runs beside it.
function(add_script_test name)
  cmake_parse_arguments(ARG "SERIAL" "" "LABELS;COMMAND" ${ARGN})
  add_test(NAME ${name} COMMAND ${ARG_COMMAND} WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  set(environment ${DIKTATE_TEST_ENVIRONMENT} DIKTATE=${CMAKE_BINARY_DIR}/bin/diktate
                  DIKTATE_SOURCE=${PROJECT_SOURCE_DIR} DIKTATE_BUILD=${CMAKE_BINARY_DIR})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" ENVIRONMENT "${environment}" SKIP_RETURN_CODE 77
                                          RUN_SERIAL ${ARG_SERIAL})
endfunction()
