@echo off
rem Starts PrizmAI Messaging: finds Python, which installs what is missing and then runs "manage.py start".
rem Set PYTHON to the path of a python.exe to choose the Python.
setlocal
set "FOUND="
if defined PYTHON set "PYTHON=%PYTHON:"=%"
if defined PYTHON goto chosen
call :try py -3
if not defined FOUND call :try python
if not defined FOUND call :try python3
if defined FOUND goto start
echo No Python 3.11 or newer was found on this machine. 1>&2
goto advice

:chosen
call :try "%PYTHON%"
if defined FOUND goto start
echo PYTHON="%PYTHON%" is not a Python 3.11 or newer. 1>&2

:advice
echo Install one from https://www.python.org/downloads/ or set PYTHON to the path of its python.exe. 1>&2
call :end 1
exit /b 1

:start
%FOUND% "%~dp0operations\start\door.py" %*
call :end %ERRORLEVEL%
exit /b %ERRORLEVEL%

:end
rem A window that a double click opened (its command line ends with a blank) closes with what it says.
set "HOW=%CMDCMDLINE:"=%"
if not "%1"=="0" if "%HOW:~-1%"==" " pause
exit /b %1

:try
rem A "less than" sign would be taken for a redirection here.
call %* -c "import sys; sys.exit((3, 11).__gt__(sys.version_info[:2]))" >nul 2>nul
if not errorlevel 1 set FOUND=%*
exit /b 0
