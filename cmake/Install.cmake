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

# The unit and the desktop file name the program by its whole path, which is known only when it is installed. Where it is put, systemd looks for
# units of users, for /usr, /usr/local and ~/.local alike.
install(CODE "configure_file(\"${PROJECT_SOURCE_DIR}/packaging/diktate.service\"
  \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/share/systemd/user/diktate.service\" @ONLY)")
install(CODE "configure_file(\"${PROJECT_SOURCE_DIR}/packaging/org.diktate.Diktate.desktop\"
  \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/share/applications/org.diktate.Diktate.desktop\" @ONLY)")
install(FILES packaging/completions/diktate.bash DESTINATION share/bash-completion/completions RENAME diktate)
install(FILES packaging/completions/_diktate DESTINATION share/zsh/site-functions)
install(FILES packaging/completions/diktate.fish DESTINATION share/fish/vendor_completions.d)
