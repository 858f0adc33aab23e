*** Settings ***
Documentation     Keys that the suite itself passes on; the runner looks for them everywhere in the output.

Library           GenFlowLibrary    engine=openai    max_attempts=1


*** Variables ***
# The runner sets PLANTED in the environment.
${KEY: Secret}    %{PLANTED}


*** Tasks ***
A Key That Is Set In The Suite
    Set Engine    openai    api_key=${KEY}
    ${text} =    Generate Text    Write.
    Log    ${text}    level=TRACE
    Run Keyword And Expect Error    *    Generate Text    Say the key.

A Key As Plain Text Is Refused And Not Quoted
    ${refused} =    Run Keyword And Expect Error    Expected api_key to be a Secret*    Refused Plainly
    Log    ${refused}


*** Keywords ***
Refused Plainly
    Set Engine    openai    api_key=not-a-secret-at-all
