@ECHO OFF
REM Runs Gradus on Windows; see the script "gradus" beside this one for what the variables mean.
REM In a checkout the jar is built when it is missing. After a change of the sources, delete server\target\gradus.jar.
SETLOCAL
SET "GRADUS_FOLDER=%~dp0"
IF EXIST "%GRADUS_FOLDER%mvnw.cmd" (SET "GRADUS_JAR=%GRADUS_FOLDER%server\target\gradus.jar") ELSE (SET "GRADUS_JAR=%GRADUS_FOLDER%lib\gradus.jar")
IF EXIST "%GRADUS_JAR%" GOTO :run
IF NOT EXIST "%GRADUS_FOLDER%mvnw.cmd" (
  ECHO gradus: %GRADUS_JAR% is missing; unpack the release again. 1>&2
  EXIT /B 1
)
CALL "%GRADUS_FOLDER%bin\find-jdk.cmd" javac
IF ERRORLEVEL 1 EXIT /B 1
ECHO gradus: building, as this is the first use ... 1>&2
CALL "%GRADUS_FOLDER%mvnw.cmd" -q -B -f "%GRADUS_FOLDER%pom.xml" -Dmaven.test.skip=true -pl server -am package 1>&2
IF ERRORLEVEL 1 (
  ECHO gradus: the build failed; its messages are above. 1>&2
  EXIT /B 1
)

:run
CALL "%GRADUS_FOLDER%bin\find-jdk.cmd" java
IF ERRORLEVEL 1 EXIT /B 1
IF NOT DEFINED GRADUS_HEAP SET "GRADUS_HEAP=512m"
SET GRADUS_FLAGS=-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xms32m -Xmx%GRADUS_HEAP% -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED
SET "GRADUS_CACHE="
IF /I "%GRADUS_AOT%"=="no" GOTO :start
REM The name holds size and time of the jar: a cache of another jar is not used.
FOR %%F IN ("%GRADUS_JAR%") DO SET "GRADUS_KEY=%%~zF-%%~tF"
SET "GRADUS_KEY=%GRADUS_KEY:/=%"
SET "GRADUS_KEY=%GRADUS_KEY::=%"
SET "GRADUS_KEY=%GRADUS_KEY: =%"
SET "GRADUS_KEY=%GRADUS_KEY:.=%"
FOR %%F IN ("%GRADUS_JAR%") DO SET "GRADUS_CACHE=%%~dpFgradus-%GRADUS_KEY%.aot"
IF NOT EXIST "%GRADUS_CACHE%" (
  ECHO gradus: preparing a faster start, once ... 1>&2
  "%JAVA_HOME%\bin\java.exe" %GRADUS_FLAGS% -Xlog:disable "-XX:AOTCacheOutput=%GRADUS_CACHE%" -jar "%GRADUS_JAR%" warm-up >NUL 2>&1
)
:start
IF DEFINED GRADUS_CACHE IF EXIST "%GRADUS_CACHE%" (
  "%JAVA_HOME%\bin\java.exe" %GRADUS_FLAGS% "-XX:AOTCache=%GRADUS_CACHE%" -Xlog:aot=off -Xlog:cds=off %GRADUS_JAVA_OPTS% -jar "%GRADUS_JAR%" %*
  EXIT /B
)
"%JAVA_HOME%\bin\java.exe" %GRADUS_FLAGS% %GRADUS_JAVA_OPTS% -jar "%GRADUS_JAR%" %*
EXIT /B
