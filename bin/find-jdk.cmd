@ECHO OFF
REM Finds a JDK of at least 25 and sets JAVA_HOME to it; called by mvnw.cmd and gradus.cmd. The Windows form of find-jdk.sh.
REM %1 is the program that must be there: javac, or java where a runtime without a compiler will do.
SET "GRADUS_JDK_PROGRAM=%~1"
IF "%GRADUS_JDK_PROGRAM%"=="" SET "GRADUS_JDK_PROGRAM=javac"
SET "GRADUS_JDK_FOUND="
CALL :try "%GRADUS_JAVA_HOME%"
CALL :try "%JAVA_HOME%"
FOR /F "delims=" %%J IN ('WHERE java 2^>NUL') DO CALL :try "%%~dpJ.."
FOR /D %%J IN ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*" "%ProgramFiles%\Zulu\*" "%ProgramFiles%\Amazon Corretto\*" "%USERPROFILE%\.jdks\*" "%USERPROFILE%\scoop\apps\temurin*-jdk\current") DO CALL :try "%%~J"
IF DEFINED GRADUS_JDK_FOUND (
  SET "JAVA_HOME=%GRADUS_JDK_FOUND%"
  EXIT /B 0
)
ECHO Gradus needs a JDK 25 or newer, and none was found (looked at JAVA_HOME, the PATH and the usual folders). 1>&2
ECHO Get one, for example: 1>&2
ECHO   winget install EclipseAdoptium.Temurin.25.JDK 1>&2
ECHO   https://adoptium.net/temurin/releases/?version=25 1>&2
ECHO If you have one in another place, set JAVA_HOME to its folder and try again. 1>&2
EXIT /B 1

:try
IF DEFINED GRADUS_JDK_FOUND EXIT /B 0
IF "%~1"=="" EXIT /B 0
IF NOT EXIST "%~f1\bin\%GRADUS_JDK_PROGRAM%.exe" EXIT /B 0
IF NOT EXIST "%~f1\release" EXIT /B 0
SET "GRADUS_JDK_FEATURE="
FOR /F "tokens=2 delims==." %%V IN ('FINDSTR /B "JAVA_VERSION=" "%~f1\release"') DO SET "GRADUS_JDK_FEATURE=%%~V"
REM The text is "25 (a quote first) for 25.0.1, and "25" for 25.
SET "GRADUS_JDK_FEATURE=%GRADUS_JDK_FEATURE:"=%"
IF "%GRADUS_JDK_FEATURE%"=="" EXIT /B 0
IF %GRADUS_JDK_FEATURE% GEQ 25 SET "GRADUS_JDK_FOUND=%~f1"
EXIT /B 0
