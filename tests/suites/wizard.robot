*** Settings ***
Documentation     A claim of several pages, filled from what is known of it. `SITE` is where it begins.

Library           SeleniumLibrary
Library           GenFlowLibrary

Suite Teardown    Close All Browsers
Task Setup        Open Browser    ${SITE}    ${BROWSER}    options=${OPTIONS}


*** Variables ***
${BROWSER}      %{GENFLOW_BROWSER=headlesschrome}
${OPTIONS}      add_argument("--no-sandbox");add_argument("--disable-dev-shm-usage")
${MISSING}      generate
${LEARNED}      heal
&{WRITE}        Description=Describe the damage in one sentence
&{FACTS}        report=The glass shade arrived in 3 pieces.    happened=Broken on arrival    claimed=25.90


*** Tasks ***
File A Claim
    ${outcome} =    Fill Form    pages=auto    submit=Submit claim    missing=${MISSING}    learned=${LEARNED}
    ...    write=${WRITE}    facts=${FACTS}    Order number=GF-10442    Email=ada@example.org    Kontierung=4711
    Should Be Equal    ${outcome.message}    Claim received
    VAR    @{pages}    @{{[row.page for row in $outcome.fields]}}
    VAR    @{expected}    ${1}    ${1}    ${2}    ${2}    ${2}    ${3}
    Lists Should Be Equal    ${pages}    ${expected}
    Log    calls: ${outcome.model_calls}    console=True


*** Keywords ***
Lists Should Be Equal
    [Arguments]    ${found}    ${expected}
    Should Be True    $found == $expected    Found ${found} instead of ${expected}.
