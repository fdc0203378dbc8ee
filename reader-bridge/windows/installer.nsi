; Installer of reader-bridge for one Windows user; needs no administrator. Silent: /S, other folder: /D=C:\…
; Built by `make bridge-windows`, which defines EXE, VERSION and SETUP.

Unicode true
!include "MUI2.nsh"

Name "reader-bridge ${VERSION}"
OutFile "${SETUP}"
InstallDir "$LOCALAPPDATA\Programs\reader-bridge"
InstallDirRegKey HKCU "Software\reader-bridge" "InstallDir"
RequestExecutionLevel user
SetCompressor /SOLID lzma
ManifestDPIAware true

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\reader-bridge"

!define MUI_WELCOMEPAGE_TITLE "reader-bridge のインストール"
!define MUI_WELCOMEPAGE_TEXT "マイナンバーカードをカードリーダーで読み取り、ブラウザの画面へ渡すソフトウェアをインストールします。$\r$\n$\r$\nreader-bridge が起動しているときは、画面を閉じてから続けてください。"
!define MUI_FINISHPAGE_TITLE "インストールが完了しました"
!define MUI_FINISHPAGE_RUN "$INSTDIR\reader-bridge.exe"
!define MUI_FINISHPAGE_RUN_TEXT "reader-bridge を起動する"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Japanese"

Section "reader-bridge（必須）" SectionProgram
  SectionIn RO
  SetOutPath "$INSTDIR"
  ClearErrors
  File "/oname=reader-bridge.exe" "${EXE}"
  ${If} ${Errors}
    MessageBox MB_ICONSTOP "ファイルを書き込めません。reader-bridge が起動していれば、画面を閉じてからやり直してください。" /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\reader-bridge.lnk" "$INSTDIR\reader-bridge.exe"
  WriteRegStr HKCU "Software\reader-bridge" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "reader-bridge"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\reader-bridge.exe"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "サインイン時に自動で起動する" SectionStartup
  CreateShortcut "$SMSTARTUP\reader-bridge.lnk" "$INSTDIR\reader-bridge.exe" "" "" 0 SW_SHOWMINIMIZED
SectionEnd

LangString ProgramText ${LANG_JAPANESE} "カードリーダーとブラウザの間をつなぐソフトウェアです。"
LangString StartupText ${LANG_JAPANESE} "Windows にサインインすると、reader-bridge が最小化された画面で起動します。"
!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SectionProgram} $(ProgramText)
  !insertmacro MUI_DESCRIPTION_TEXT ${SectionStartup} $(StartupText)
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; The settings stay: they hold 端末固有ID, which is registered at the web service. `reader-bridge reset` erases them.
Section "Uninstall"
  Delete "$SMSTARTUP\reader-bridge.lnk"
  Delete "$SMPROGRAMS\reader-bridge.lnk"
  Delete "$INSTDIR\reader-bridge.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\reader-bridge"
SectionEnd
