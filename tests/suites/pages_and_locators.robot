*** Settings ***
Documentation     `gen:` locators in SeleniumLibrary's keywords, and the keywords that read pages, on the embedded engine.

Library           SeleniumLibrary    AS    Web
Library           GenFlowLibrary    engine=embedded    learned=off

# No keyword of this library runs before the first locator.
Suite Setup       Open The Browser
Suite Teardown    Close All Browsers
Task Setup        Open The Page


*** Variables ***
${BROWSER}    %{GENFLOW_BROWSER=headlesschrome}
${OPTIONS}    add_argument("--no-sandbox");add_argument("--disable-dev-shm-usage")
${ORDERS}     file://${CURDIR}/pages/orders.html


*** Tasks ***
Look Alike Buttons Are Told Apart By Section And Row
    Click Button    gen:the Save button of the Delivery section
    Element Text Should Be    id:said    Save of Delivery was pressed.
    Click Element    gen:the Delete button in the row of GF-10443
    Element Text Should Be    id:said    Delete of GF-10443 was pressed.
    Click Button    gen:Billing部分的保存按钮
    Element Text Should Be    id:said    Save of Billing was pressed.
    Click Button    gen:der Löschen-Knopf in der Zeile GF-10442
    Element Text Should Be    id:said    Delete of GF-10442 was pressed.

Every Kind Of Keyword Takes A Description
    Input Text    gen:the City field of the Delivery section    Tampere
    Textfield Value Should Be    name:delivery_city    Tampere
    Unselect Checkbox    gen:the Gift wrap checkbox
    Checkbox Should Not Be Selected    name:gift
    Select From List By Label    gen:the Speed dropdown    Normal
    List Selection Should Be    name:speed    Normal

What Is Only Looked At Is Described As Well
    Element Should Be Visible    gen:the Billing heading
    Page Should Contain Element    gen:the row of GF-10442
    Page Should Not Contain Element    gen:the Archive button
    Table Should Contain    gen:the Open orders table    GF-10443
    ${button} =    Get WebElement    gen:the second Delete button
    Click Element    ${button}
    Element Text Should Be    id:said    Delete of GF-10443 was pressed.

Several That Fit Are An Error That Lists Them
    Run Keyword And Expect Error
    ...    Expected 'the Save button' to mean one thing on the page, but 2 fit equally well: the button 'Save' in 'Billing', the button 'Save' in 'Delivery'*
    ...    Click Button    gen:the Save button

Nothing That Fits Is Not Found As Ever
    Run Keyword And Expect Error    *'gen:the Archive button' not found.    Click Element    gen:the Archive button
    Run Keyword And Expect Error    Button with locator 'gen:the Billing heading' not found.    Click Button    gen:the Billing heading

Waiting Keywords Wait
    Go To    ${ORDERS}?later=900
    Wait Until Element Is Visible    gen:the Archive button    timeout=5 s
    Wait Until Page Contains Element    gen:the Archive button of the Later section    timeout=1 s
    Execute Javascript    setTimeout(() => document.getElementById('late').remove(), 500)
    Wait Until Page Does Not Contain Element    gen:the Archive button    timeout=5 s
    Run Keyword And Expect Error    Element 'gen:the Archive button' did not appear in 700 milliseconds.
    ...    Wait Until Page Contains Element    gen:the Archive button    timeout=0.7 s

A Description Is Meant In The Frame That Was Selected
    Page Should Not Contain Element    gen:the Confirm button
    Select Frame    name:inner
    Click Button    gen:the Confirm button
    Element Should Be Visible    gen:the Done button
    [Teardown]    Unselect Frame

A Description Looks In The Element Before It In A Chain
    Click Element    gen:the Delivery section >> css:button
    Element Text Should Be    id:said    Save of Delivery was pressed.

Several Browsers Are Not Mixed Up
    Open Browser    ${ORDERS}    ${BROWSER}    alias=second    options=${OPTIONS}
    Click Button    gen:the Save button under Billing
    Switch Browser    1
    Element Text Should Be    id:said    Nothing was pressed.
    Click Button    gen:the Save button under Delivery
    Switch Browser    second
    Element Text Should Be    id:said    Save of Billing was pressed.
    [Teardown]    Run Keywords    Close Browser    AND    Switch Browser    1

A Form Is Read
    ${values} =    Read Form    form=id:delivery
    VAR    &{expected}    City=${EMPTY}    Speed=Express    Gift wrap=yes
    Should Be Equal    ${{dict($values)}}    ${expected}
    ${values} =    Read Form    form=gen:the Billing section
    Should Be Equal    ${values.City}    Turku

What Was Read Can Be Filled In Again
    Fill Form    form=id:delivery    City=Oulu    Speed=Normal    Gift wrap=no
    ${values} =    Read Form    form=id:delivery
    Go To    ${ORDERS}
    Fill Form    ${values}    form=id:delivery
    ${again} =    Read Form    form=id:delivery
    Should Be Equal    ${again}    ${values}

The Fields Of A Form Are Listed
    ${fields} =    Get Form Fields    form=id:delivery
    Should Be Equal    ${{[(f.label, f.kind, f.value, f.filled) for f in $fields]}}
    ...    ${{[('City', 'text', '', False), ('Password', 'password', '', True), ('Speed', 'select', 'Express', True), ('Gift wrap', 'checkbox', 'yes', True)]}}
    Should Be Equal    ${fields}[2][options]    ${{['Normal', 'Express']}}

A Table Is Read
    ${rows} =    Extract From Page    table=gen:the Open orders table
    Length Should Be    ${rows}    2
    Should Be Equal    ${rows}[1][Customer]    王丽华
    Should Be Equal    ${rows}[0][Amount / Gross]    25.90

Facts Are Taken From A Part Of The Page
    ${facts} =    Extract From Page    order_no: str | None (like GF-10442)    region=gen:the row of GF-10443
    Should Be Equal    ${facts.order_no}    GF-10443

A Schema And A Table Are Not Asked For At Once
    Run Keyword And Expect Error    Expected either a schema*but both were given; give one of them.
    ...    Extract From Page    a: str    table=id:orders
    Run Keyword And Expect Error    Expected either a schema*but neither was given; give one of them.    Extract From Page

The Page Shows What It Should
    Click Button    gen:the Save button of the Delivery section
    ${line} =    Page Should Show    save of delivery was pressed
    Should Be Equal    ${line}    Save of Delivery was pressed.
    Page Should Show    regexp:GF-\\d{5}    region=id:orders
    Page Should Show    gen:the Open orders table
    Run Keyword And Expect Error    *'Refund saved' within 0.3 seconds, but it shows 'Orders · Save of Delivery*
    ...    Page Should Show    Refund saved    timeout=0.3 s
    Run Keyword And Expect Error    *but it shows*    Page Should Show    tiger-lily    timeout=0.1 s


*** Keywords ***
Open The Browser
    Open Browser    about:blank    ${BROWSER}    options=${OPTIONS}

Open The Page
    Go To    ${ORDERS}
