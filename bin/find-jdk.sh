# Finds a JDK that Gradus can be built and run with. Sourced by mvnw, gradus and .ci/run; POSIX sh.
#
#   find_jdk javac   sets and exports JAVA_HOME to a JDK of at least 25, or says how to get one and returns 1
#   find_jdk java    the same, but a Java runtime without a compiler will do
#
# The first that fits wins: GRADUS_JAVA_HOME, JAVA_HOME, java on the PATH, then the usual folders.

GRADUS_JDK_MIN=25

# Prints the feature number (25 for 25.0.1) of the Java in folder $1, or 0. Reads the release file: starting a JVM to ask it costs more.
jdk_feature() {
  jdk_version=
  if [ -r "$1/release" ]; then
    jdk_version=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$1/release" 2>/dev/null | head -n 1)
  elif [ -x "$1/bin/java" ]; then
    jdk_version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
  fi
  jdk_version=${jdk_version%%[!0-9]*}
  printf '%s\n' "${jdk_version:-0}"
}

# True when folder $1 holds program $2 (java or javac) of a version that will do.
jdk_fits() {
  [ -n "$1" ] || return 1
  [ -x "$1/bin/$2" ] || [ -x "$1/bin/$2.exe" ] || return 1
  [ "$(jdk_feature "$1")" -ge "$GRADUS_JDK_MIN" ]
}

# Prints the Java home of the java on the PATH, following links.
jdk_on_path() {
  jdk_program=$(command -v java 2>/dev/null) || return 0
  jdk_hops=0
  while [ -h "$jdk_program" ] && [ "$jdk_hops" -lt 20 ]; do
    jdk_link=$(readlink "$jdk_program") || break
    case $jdk_link in
      /*) jdk_program=$jdk_link ;;
      *) jdk_program=$(dirname "$jdk_program")/$jdk_link ;;
    esac
    jdk_hops=$((jdk_hops + 1))
  done
  (cd "$(dirname "$jdk_program")/.." 2>/dev/null && pwd -P) || :
}

find_jdk() {
  jdk_wanted=${1:-javac}
  for jdk_home in "${GRADUS_JAVA_HOME:-}" "${JAVA_HOME:-}" "$(jdk_on_path)" \
    /usr/lib/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "${SDKMAN_DIR:-${HOME:-/nonexistent}/.sdkman}"/candidates/java/* \
    "${HOME:-/nonexistent}"/.jdks/* "${HOME:-/nonexistent}"/.gradle/jdks/* \
    "${HOME:-/nonexistent}"/.local/share/mise/installs/java/* "${HOME:-/nonexistent}"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "/c/Program Files/Java"/* "/c/Program Files/Eclipse Adoptium"/* "/c/Program Files/Microsoft"/jdk*; do
    if jdk_fits "$jdk_home" "$jdk_wanted"; then
      JAVA_HOME=$jdk_home
      export JAVA_HOME
      return 0
    fi
  done
  cat >&2 <<END
Gradus needs a JDK $GRADUS_JDK_MIN or newer, and none was found (looked at JAVA_HOME, the PATH and the usual folders).
Get one, for example:
  https://adoptium.net/temurin/releases/?version=$GRADUS_JDK_MIN
  sdk install java $GRADUS_JDK_MIN-tem      (SDKMAN)
  brew install openjdk@$GRADUS_JDK_MIN      (macOS)
  winget install EclipseAdoptium.Temurin.$GRADUS_JDK_MIN.JDK      (Windows)
If you have one in another place, set JAVA_HOME to its folder and try again.
END
  return 1
}
