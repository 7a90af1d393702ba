# What `cmake --install` adds to the program: the runtime it was built with, unless that is the system's, and the licences.
function(diktate_install_runtime)
  if(DIKTATE_ONNXRUNTIME_SOURCE STREQUAL system)
    return()
  endif()
  get_target_property(library diktate::onnxruntime IMPORTED_LOCATION)
  file(REAL_PATH ${library} library)
  install(PROGRAMS ${library} DESTINATION lib/diktate RENAME libonnxruntime.so.1)
  cmake_path(GET library PARENT_PATH folder)
  install(FILES ${folder}/../LICENSE ${folder}/../ThirdPartyNotices.txt
          DESTINATION ${CMAKE_INSTALL_DOCDIR}/onnxruntime OPTIONAL)
endfunction()

diktate_install_runtime()
install(FILES LICENSE THIRD_PARTY.md DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
