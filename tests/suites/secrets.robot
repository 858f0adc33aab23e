*** Settings ***
Documentation     A planted secret goes the whole way; the runner then looks for it everywhere in the output.

Library           SeleniumLibrary
Library           GenFlowLibrary    engine=embedded

Suite Teardown    Close All Browsers


*** Variables ***
${BROWSER}             %{GENFLOW_BROWSER=headlesschrome}
${OPTIONS}             add_argument("--no-sandbox");add_argument("--disable-dev-shm-usage")
# The runner sets PLANTED in the environment.
${PASSWORD: Secret}    %{PLANTED}


*** Tasks ***
A Secret Is Typed And Never Shown
    Open Browser    file://${CURDIR}/pages/refund.html    ${BROWSER}    options=${OPTIONS}
    ${outcome} =    Fill Form    form=css:#refund    submit=Save refund
    ...    Order number=GF-10442    Amount=5    Password=${PASSWORD}    Access code=${PASSWORD}
    Log    ${outcome}    level=TRACE
    Should Be True    ${outcome.submitted}
    ${typed} =    Execute Javascript
    ...    return [...document.querySelectorAll('[name=password], [name=code]')].map(e => e.value.length)
    Should Be Equal    ${typed}    ${{ [len(os.environ['PLANTED'])] * 2 }}

A Secret Does Not Go Into A Prompt
    Run Keyword And Expect Error    *(Secret) that cannot be converted*    Classify Text    ${PASSWORD}    a    b
    Run Keyword And Expect Error    *secrets never go into a prompt*    Generate Text    Write.    password=${PASSWORD}

A Failing Form Does Not Show It
    Go To    file://${CURDIR}/pages/refund.html
    Run Keyword And Expect Error    *    Fill Form    form=css:#refund    Reason=${PASSWORD}
    Run Keyword And Expect Error    *    Fill Form    form=css:#refund    Shoe size=${PASSWORD}

Reading The Page Does Not Show It
    Go To    file://${CURDIR}/pages/refund.html
    Fill Form    form=css:#refund    Order number=GF-10442    Amount=5    Password=${PASSWORD}    Access code=${PASSWORD}
    ${values} =    Read Form    form=css:#refund
    Should Be True    'Password' not in $values
    Should Start With    ${values}[Access code]    <secret
    ${fields} =    Get Form Fields    form=css:#refund
    Log    ${fields}    level=TRACE
    Run Keyword And Expect Error    *<secret*    Page Should Show    nothing of this kind    timeout=0.1 s
    Click Element    gen:the Access code field
    Run Keyword And Ignore Error    Click Element    gen:the Access code button
