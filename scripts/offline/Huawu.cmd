@echo off
title Huawu
"%~dp0program\node.exe" "%~dp0program\launch.mjs" %*
if errorlevel 1 if "%~1"=="" pause
