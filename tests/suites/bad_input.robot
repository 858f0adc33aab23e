*** Settings ***
Documentation     What bad input gets: one sentence with what was expected, what was found and what to do.

Library           SeleniumLibrary
Library           GenFlowLibrary    engine=embedded

Suite Teardown    Close All Browsers


*** Variables ***
${BROWSER}    %{GENFLOW_BROWSER=headlesschrome}
${OPTIONS}    add_argument("--no-sandbox");add_argument("--disable-dev-shm-usage")


*** Tasks ***
Fill Form Without A Browser
    [Documentation]    Runs first: no browser is open yet.
    Run Keyword And Expect Error    Expected an open browser*Open Browser*    Fill Form    Order number=GF-10442

No Categories
    Run Keyword And Expect Error    Expected at least two to choose from, but found none;*    Classify Text    text
    Run Keyword And Expect Error
    ...    Expected at least two to choose from, but found only 'billing';*
    ...    Classify Text
    ...    text
    ...    billing

Empty Text
    Run Keyword And Expect Error
    ...    Expected the text to classify to hold a text, but it is empty;*
    ...    Classify Text
    ...    ${SPACE}
    ...    a
    ...    b
    Run Keyword And Expect Error
    ...    Expected the text to extract from to hold a text, but it is empty;*
    ...    Extract Data
    ...    ${EMPTY}
    ...    a: str
    Run Keyword And Expect Error
    ...    Expected the situation to hold a text, but it is empty;*
    ...    Decide Next Action
    ...    ${EMPTY}
    ...    a=x
    ...    b=y
    Run Keyword And Expect Error
    ...    Expected the prompt to hold a text, but it is empty;*
    ...    Complete Prompt
    ...    ${EMPTY}

Nothing Fits And Nothing Else Was Said
    Run Keyword And Expect Error
    ...    Expected the text to fit one of billing, delivery, but none fits clearly*otherwise=*
    ...    Classify Text
    ...    Lorem ipsum dolor sit amet
    ...    billing=invoices
    ...    delivery=parcels

Unknown Prompt File
    Run Keyword And Expect Error    *greting*greeting*    Generate Text    prompt=greting    customer=Ada

Missing Fact
    Run Keyword And Expect Error    Expected*customer*missing*    Generate Text    prompt=greeting    language=en
    Run Keyword And Expect Error
    ...    Expected*customer*missing*
    ...    Generate Text
    ...    prompt=greeting
    ...    language=en
    ...    customer=${EMPTY}

Unknown Fact
    Run Keyword And Expect Error
    ...    Expected inputs among customer*nickname*
    ...    Generate Text
    ...    prompt=greeting
    ...    language=en
    ...    customer=Ada
    ...    nickname=Addie

No Draft In The Language
    Run Keyword And Expect Error
    ...    Expected prompt file greeting.md to have a draft for language 'fi'*en, zh*
    ...    Generate Text
    ...    prompt=greeting
    ...    language=fi
    ...    customer=Ada

Free Writing On The Embedded Engine
    Run Keyword And Expect Error    *language model*GENFLOW_BASE_URL*GENFLOW_MODEL*    Generate Text    Write a poem.

Schema That Cannot Be Parsed
    Run Keyword And Expect Error    *strng*str*    Extract Data    text    name: strng
    Run Keyword And Expect Error    Expected*    Extract Data    text    just words
    Run Keyword And Expect Error    Expected*    Extract Data    text

Required Fact That Is Not There
    Run Keyword And Expect Error    *order_no*| None*    Extract Data    Good morning!    order_no: str (like GF-10442)

Condition That Names No Fact
    VAR    &{facts}    order_no=GF-10442
    Run Keyword And Expect Error
    ...    *order_nr*order_no*
    ...    Decide Next Action
    ...    text
    ...    facts=${facts}
    ...    a=order_nr is known
    ...    b=the rest

Locator That Matches Nothing
    Open The Page
    Run Keyword And Expect Error    *css:#nowhere*    Fill Form    form=css:#nowhere    Amount=1

No Data
    Open The Page
    Run Keyword And Expect Error    Expected*    Fill Form    form=css:#refund

Data Key That Matches No Field
    Open The Page
    Run Keyword And Expect Error
    ...    *Shoe size*
    ...    Fill Form
    ...    form=css:#refund
    ...    Order number=GF-10442
    ...    Amount=5
    ...    Shoe size=42
    The Page Should Not Be Submitted

Two Equally Good Fields
    Open The Page
    Run Keyword And Expect Error    *Phone*    Fill Form    form=css:#twins    Phone=5550142
    Textfield Value Should Be    name:phone_a    ${EMPTY}
    Textfield Value Should Be    name:phone_b    ${EMPTY}

Option That Does Not Exist
    Open The Page
    Run Keyword And Expect Error    *Exploded*Damaged item*Late delivery*    Fill Form    form=css:#refund
    ...    Order number=GF-10442    Amount=5    Reason=Exploded
    Textfield Value Should Be    name:order_no    ${EMPTY}

Value That Breaks A Constraint
    Open The Page
    Run Keyword And Expect Error
    ...    *40*
    ...    Fill Form
    ...    form=css:#refund
    ...    Order number=GF-10442
    ...    Amount=5
    ...    Note=${{ 'x' * 41 }}
    Textfield Value Should Be    name:order_no    ${EMPTY}

Required Field Left Empty
    Open The Page
    Run Keyword And Expect Error
    ...    *Amount*
    ...    Fill Form
    ...    form=css:#refund
    ...    submit=Save refund
    ...    Order number=GF-10442
    The Page Should Not Be Submitted

Button That Is Not There
    Open The Page
    Run Keyword And Expect Error    *Send it off*Save refund*    Fill Form    form=css:#refund    submit=Send it off
    ...    Order number=GF-10442    Amount=5
    The Page Should Not Be Submitted

The Same Field Twice
    Open The Page
    VAR    &{record}    Amount=5
    Run Keyword And Expect Error    Expected every field once, but 'Amount'*    Fill Form    ${record}    Amount=6

Secret Joined With Text
    Open The Page
    VAR    ${lost}    Bearer <secret>
    Run Keyword And Expect Error
    ...    *pass the Secret variable alone*
    ...    Fill Form
    ...    form=css:#refund
    ...    Access code=${lost}

Server That Is Not There
    Run Keyword And Expect Error    *http://127.0.0.1:9/v1*    Set Engine And Ask    http://127.0.0.1:9/v1
    Set Engine    embedded

Engine That Does Not Exist
    Run Keyword And Expect Error    *'gpt'*    Set Engine    gpt


*** Keywords ***
Open The Page
    @{open} =    Get Browser Ids
    IF    not $open
        Open Browser    about:blank    ${BROWSER}    options=${OPTIONS}
    END
    Go To    file://${CURDIR}/pages/refund.html

The Page Should Not Be Submitted
    Element Text Should Be    id:said    ${EMPTY}

Set Engine And Ask
    [Arguments]    ${url}
    Set Engine    openai    base_url=${url}    model=m    timeout=5 s
    Classify Text    text    a    b
