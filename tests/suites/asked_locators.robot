*** Settings ***
Documentation     `gen:` locators that words do not settle: a model is asked once, its answer is checked, remembered and learned.
...               `PLUGIN` is a plugin of SeleniumLibrary; a server that answers by rules stands for the model.

Library           SeleniumLibrary    plugins=${PLUGIN}    AS    Web
Library           GenFlowLibrary    AS    Flow

Suite Setup       Open The Browser
Suite Teardown    Close All Browsers
Task Setup        Open The Page


*** Variables ***
${BROWSER}    %{GENFLOW_BROWSER=headlesschrome}
${OPTIONS}    add_argument("--no-sandbox");add_argument("--disable-dev-shm-usage")
${PROFILE}    file://${CURDIR}/pages/profile.html


*** Tasks ***
One Question Serves Every Keyword And Every Visit
    [Tags]    learned
    Click Element    gen:the button that makes my changes stay
    Element Text Should Be    id:said    Keep was pressed.
    Click Button    gen:the button that makes my changes stay
    Element Should Be Visible    gen:the button that makes my changes stay
    Page Should Contain Element    gen:the button that makes my changes stay
    Wait Until Element Is Enabled    gen:the button that makes my changes stay    timeout=2 s
    @{all} =    Get WebElements    gen:the button that makes my changes stay
    Length Should Be    ${all}    1

On The Next Visit Nobody Is Asked
    [Tags]    learned
    Click Button    gen:the button that makes my changes stay
    Element Text Should Be    id:said    Keep was pressed.

Several Browsers Share What Was Learned
    [Tags]    learned
    Open Browser    ${PROFILE}    ${BROWSER}    alias=second    options=${OPTIONS}
    Click Button    gen:the button that makes my changes stay
    Element Text Should Be    id:said    Keep was pressed.
    Switch Browser    1
    Element Text Should Be    id:said    Nothing was pressed.
    [Teardown]    Run Keywords    Switch Browser    second    AND    Close Browser    AND    Switch Browser    1

A Frame Has Answers Of Its Own
    [Tags]    learned
    Select Frame    name:inner
    Click Button    gen:the go-ahead button
    Element Should Be Visible    gen:the Thanks button
    [Teardown]    Unselect Frame

What Comes Later Is Waited For While The Page Moves
    Go To    ${PROFILE}?later=2500
    Wait Until Element Is Visible    gen:the way to get old things again    timeout=15 s
    Click Element    gen:the way to get old things again
    Element Text Should Be    id:said    Bring back was pressed.

What Is Not There Is Not Found As Ever
    Page Should Not Contain Element    gen:the button that flies to the moon
    Run Keyword And Expect Error    *'gen:the button that flies to the moon' not found.
    ...    Click Element    gen:the button that flies to the moon
    Run Keyword And Expect Error    Element 'gen:the button that flies to the moon' did not appear in 2 seconds.
    ...    Wait Until Page Contains Element    gen:the button that flies to the moon    timeout=2 s

A Choice That Contradicts The Description Is Refused
    Run Keyword And Expect Error    *'gen:the box for my alias of 10442' not found.
    ...    Input Text    gen:the box for my alias of 10442    Ada
    Textfield Value Should Be    id:nickname    ${EMPTY}

Of Two That Are Called The Same Nobody Is Asked
    Run Keyword And Expect Error    *'the Print button'*2 fit equally well: the button 'Print' in 'Invoices'*
    ...    Click Button    gen:the Print button


*** Keywords ***
Open The Browser
    Open Browser    about:blank    ${BROWSER}    options=${OPTIONS}

Open The Page
    Go To    ${PROFILE}
