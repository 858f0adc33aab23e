*** Settings ***
Documentation     What people do with SeleniumLibrary around our keywords: several browsers, windows, dialogues, time limits, a browser that
...               goes away. `WAIT` and `LISTENER` are settings of SeleniumLibrary that must change nothing here.

Library           SeleniumLibrary    implicit_wait=${WAIT}    event_firing_webdriver=${LISTENER}    AS    Web
Library           GenFlowLibrary    engine=embedded    learned=off

Suite Setup       Open A Browser    first
Suite Teardown    Close All Browsers
Task Setup        Go To    ${CLAIM}


*** Variables ***
${BROWSER}     %{GENFLOW_BROWSER=headlesschrome}
${OPTIONS}     add_argument("--no-sandbox");add_argument("--disable-dev-shm-usage")
${WAIT}        0 s
${LISTENER}    ${NONE}
${CLAIM}       file://${CURDIR}/pages/claim.html


*** Tasks ***
Every Browser Keeps Its Own Form
    Fill Form    form=id:claim    Name=Ada    City=Turku
    Open A Browser    second
    Fill Form    form=id:claim    Name=Charles    City=Oulu
    Click Button    gen:the Save button of the Billing section
    Switch Browser    first
    Fill Form    form=id:claim    City=Tampere
    The Form Should Hold    Ada    Tampere
    Element Text Should Be    id:said    Nothing was sent.
    Switch Browser    second
    The Form Should Hold    Charles    Oulu
    [Teardown]    Run Keywords    Switch Browser    second    AND    Close Browser    AND    Switch Browser    first

Every Way To Fill Works
    [Documentation]    By script, by real keys, in a frame of another origin, a file, and pressed.
    ${outcome} =    Fill Form    form=css:body    submit=Send claim
    ...    Name=Ada    Reference=R-7    Papers=${CURDIR}${/}ear.py    Card number=4000
    Should Be Equal    ${outcome.message}    Claim of Ada was sent.
    Textfield Value Should Be    name:reference    R-7
    Select Frame    css:iframe
    Textfield Value Should Be    name:card    4000
    [Teardown]    Unselect Frame

A Window That The Page Opened
    Open A Popup
    Fill Form    form=id:claim    Name=Grace    City=Espoo
    The Form Should Hold    Grace    Espoo
    Switch Window    MAIN
    The Form Should Hold    ${EMPTY}    ${EMPTY}
    [Teardown]    Close The Popup

A Window That Was Closed
    Open A Popup
    Close Window
    Run Keyword And Expect Error    Expected an open browser window*switch to another one.    Fill Form    Name=Grace
    Run Keyword And Expect Error
    ...    Expected an open browser window*switch to another one.
    ...    Page Should Show
    ...    Claim
    ...    timeout=0.2 s
    Switch Window    MAIN
    Fill Form    form=id:claim    Name=Ada    City=Turku
    The Form Should Hold    Ada    Turku

A Dialogue That Is Open Already Is Named
    Execute Javascript    setTimeout(() => alert('Your session ends soon.'), 0)
    Run Keyword And Expect Error
    ...    Expected no open browser dialogue, found 'Your session ends soon.'*'Handle Alert' before this keyword.
    ...    Fill Form Once The Dialogue Is There
    Fill Form    form=id:claim    Name=Ada    City=Turku
    The Form Should Hold    Ada    Turku

A Question After Pressing Is Left To The Robot
    Run Keyword And Expect Error
    ...    *found the browser dialogue 'Really send?', which is still open: answer it with 'Handle Alert'*
    ...    Fill Form    form=id:claim    submit=Send and ask    Name=Ada
    Handle Alert    ACCEPT
    Element Text Should Be    id:said    The claim was sent.

A Page That Goes Away While It Is Filled
    Go To    ${CLAIM}?away
    Run Keyword And Expect Error    The page changed after its form was read: fill the form again.
    ...    Fill Form    form=id:claim    Name=Ada    City=Turku
    Wait Until Location Is    ${CLAIM}
    Fill Form    form=id:claim    Name=Ada    City=Turku
    The Form Should Hold    Ada    Turku

Only What Is Awaited Takes Time
    [Documentation]    An implicit wait holds for locators of SeleniumLibrary, not for what is told by one look at the page.
    VAR    ${start} =    ${{time.monotonic()}}
    Page Should Not Contain Element    gen:the Archive button
    Run Keyword And Expect Error    *Shoe size*    Fill Form    form=id:claim    Shoe size=42
    Run Keyword And Expect Error    *Send it off*    Fill Form    form=id:claim    submit=Send it off    Name=Ada
    Run Keyword And Expect Error    *but it shows*    Page Should Show    a thing that is not there    timeout=0.2 s
    Read Form
    Should Be True    ${{time.monotonic()}} - ${start} < 5

Short Time Limits Of SeleniumLibrary Change No Answer
    ${before} =    Set Selenium Timeout    2 s
    ${outcome} =    Fill Form    form=id:claim    submit=Send claim    Name=Ada    Reference=R-8
    Should Be Equal    ${outcome.message}    Claim of Ada was sent.
    [Teardown]    Set Selenium Timeout    ${before}

A Browser That Went Away
    [Documentation]    As when somebody closes its window, or it is ended from outside.
    Open A Browser    gone
    ${library} =    Get Library Instance    Web
    Evaluate    $library.driver.quit()
    Run Keyword And Expect Error    Expected an open browser window*    Fill Form    Name=Ada
    Run Keyword And Expect Error
    ...    *Expected an open browser window*
    ...    Click Element
    ...    gen:the Save button of the Billing section
    Close Browser
    Switch Browser    first
    Fill Form    form=id:claim    Name=Ada
    Close All Browsers
    Run Keyword And Expect Error    Expected an open browser, found none: run 'Open Browser' before this keyword.
    ...    Fill Form    Name=Ada
    [Teardown]    Open A Browser    first


*** Keywords ***
Open A Browser
    [Arguments]    ${alias}
    Open Browser    ${CLAIM}    ${BROWSER}    alias=${alias}    options=${OPTIONS}

Open A Popup
    Execute Javascript    window.open(location.href, 'popup', 'width=700,height=500')
    Switch Window    NEW
    Wait Until Page Contains Element    id:claim

Close The Popup
    Switch Window    NEW
    Close Window
    Switch Window    MAIN

The Form Should Hold
    [Arguments]    ${name}    ${city}
    Textfield Value Should Be    name:name    ${name}
    Textfield Value Should Be    name:city    ${city}

Fill Form Once The Dialogue Is There
    ${library} =    Get Library Instance    Web
    VAR    ${alert_is_present}    ${{ selenium.webdriver.support.expected_conditions.alert_is_present() }}
    Evaluate    selenium.webdriver.support.wait.WebDriverWait($library.driver, 5).until($alert_is_present)
    ...    modules=selenium.webdriver.support.wait
    Fill Form    form=id:claim    Name=Ada
