*** Settings ***
Documentation     A browser behind a remote address: a driver that listens by itself, or a Selenium Grid. `TAKES_FILES` says whether files
...               are sent to its machine, which a Grid does and a driver by itself does not.

Library           OperatingSystem
Library           SeleniumLibrary
Library           GenFlowLibrary    engine=embedded    learned=off

Suite Setup       Open The Browser Far Away
Suite Teardown    Close All Browsers
Task Setup        Go To    ${CLAIM}


*** Variables ***
${BROWSER}        %{GENFLOW_BROWSER=headlesschrome}
${OPTIONS}        add_argument("--no-sandbox");add_argument("--disable-dev-shm-usage")
${REMOTE_URL}     http://127.0.0.1:4444
${TAKES_FILES}    yes
${CLAIM}          file://${CURDIR}/pages/claim.html
${PAPERS}         ${OUTPUT_DIR}${/}papers.txt


*** Tasks ***
A Form Is Filled And Sent
    ${outcome} =    Fill Form    form=id:claim    submit=Send claim    Name=王丽华    City=Turku    Reference=R-2041
    Should Be Equal    ${outcome.message}    Claim of 王丽华 was sent.
    ${values} =    Read Form    form=id:claim
    Should Be Equal    ${values.City} ${values.Reference}    Turku R-2041

A File Goes To The Machine Of The Browser
    Create File    ${PAPERS}    An invoice of 25.90 EUR.
    Fill Form    form=id:claim    Papers=${PAPERS}
    # Read here when the file is no longer there: what the browser holds is a file of its own machine.
    IF    $TAKES_FILES == 'yes'    Remove File    ${PAPERS}
    ${text} =    Execute Async Javascript
    ...    const done = arguments[arguments.length - 1];
    ...    document.querySelector('[name=papers]').files[0].text().then(done, (error) => done(String(error)));
    Should Be Equal    ${text}    An invoice of 25.90 EUR.

A File That Is Nowhere Is Told Before Anything Is Typed
    Run Keyword And Expect Error
    ...    *'Papers' expects a file, and there is none at '${OUTPUT_DIR}${/}nowhere.txt'*
    ...    Fill Form    form=id:claim    Name=Ada    Papers=${OUTPUT_DIR}${/}nowhere.txt
    Textfield Value Should Be    name:name    ${EMPTY}

Elements Are Found By Description
    Click Button    gen:the Save button of the Billing section
    Element Text Should Be    id:said    Saved Billing.
    Run Keyword And Expect Error    *equally well*    Click Button    gen:the Save button
    Page Should Not Contain Element    gen:the Archive button

Fields In A Frame Of Another Origin
    Fill Form    form=css:body    Name=Ada    Card number=4000 1234    Holder=Ada Brook
    Textfield Value Should Be    name:name    Ada
    Select Frame    css:iframe
    Textfield Value Should Be    name:card    4000 1234
    Fill Form    Holder=Charles
    Textfield Value Should Be    name:holder    Charles
    [Teardown]    Unselect Frame

A Text That Is The Path Of A File Stays A Text
    [Documentation]    A driver of `Create Webdriver` would send the file and type where it went. geckodriver has one browser at a time.
    [Setup]    Close Browser
    Create File    ${PAPERS}    An invoice.
    VAR    ${family} =    ${{ 'Firefox' if 'firefox' in $BROWSER else 'Chrome' }}
    ${options} =    Evaluate    selenium.webdriver.${family}Options()    modules=selenium.webdriver
    Call Method    ${options}    add_argument    ${{ '-headless' if $family == 'Firefox' else '--headless=new' }}
    Call Method    ${options}    add_argument    --no-sandbox
    Call Method    ${options}    add_argument    --disable-dev-shm-usage
    Create Webdriver    Remote    command_executor=${REMOTE_URL}    options=${options}
    Go To    ${CLAIM}
    Fill Form    form=id:claim    Reference=${PAPERS}
    Textfield Value Should Be    name:reference    ${PAPERS}
    [Teardown]    Run Keywords    Close Browser    AND    Open The Browser Far Away


*** Keywords ***
Open The Browser Far Away
    Open Browser    about:blank    ${BROWSER}    remote_url=${REMOTE_URL}    options=${OPTIONS}
