*** Settings ***
Documentation     Every keyword with good input, as an analyst would use it, on the embedded engine.

Library           Collections
Library           SeleniumLibrary
Library           GenFlowLibrary    engine=embedded

Suite Teardown    Close All Browsers


*** Variables ***
${BROWSER}    %{GENFLOW_BROWSER=headlesschrome}
${OPTIONS}    add_argument("--no-sandbox");add_argument("--disable-dev-shm-usage")


*** Tasks ***
Classify Text By Description
    ${kind} =    Classify Text    You charged my card twice for the same invoice.
    ...    billing=invoices, payments, charged twice, refund of money
    ...    delivery=parcel, shipping, tracking, late, not arrived
    Should Be Equal    ${kind.category}    billing
    Should Be Equal    ${kind}[category]    billing
    Should Be Equal As Strings    ${kind}    billing
    Should Be Equal    ${kind.confidence}    ${None}
    Should Not Be Empty    ${kind.reason}

Classify Chinese Text By Example
    VAR    @{late}    包裹还没有收到    快递太慢了
    VAR    &{examples}    delivery=${late}    billing=发票金额不对
    ${kind} =    Classify Text    我的快递到现在还没有收到。    delivery    billing    examples=${examples}
    Should Be Equal    ${kind.category}    delivery

Classify Text That Fits Nothing
    ${kind} =    Classify Text    Lorem ipsum dolor sit amet.    otherwise=other
    ...    billing=invoices and payments    delivery=parcels and shipping
    Should Be Equal    ${kind.category}    other
    Should Be True    ${kind.abstained}

Extract Typed Data
    ${facts} =    Extract Data    My order GF-10442 broke on 5 March 2026. Please refund 25.90 EUR.
    ...    order_no: str | None (order number like GF-10442)
    ...    amount: Decimal | None (amount of money)
    ...    broke: date | None
    ...    phone: str | None (phone number)
    Should Be Equal    ${facts.order_no}    GF-10442
    Should Be Equal As Numbers    ${facts.amount}    25.90
    Should Be Equal As Strings    ${facts.broke}    2026-03-05
    Should Be Equal    ${facts.phone}    ${None}
    VAR    &{dictionary}    &{facts}
    Should Be Equal    ${dictionary}[order_no]    GF-10442

Decide By A Written Condition
    VAR    &{facts}    amount=${250}
    ${decision} =    Decide Next Action    Please refund 250 EUR.    facts=${facts}
    ...    pay=amount is at most 200    ask=amount is above 200
    Should Be Equal    ${decision.action}    ask

Decide By Judgement Within The Conditions
    VAR    &{facts}    order_no=${None}
    ${decision} =    Decide Next Action    Please give me my money back, the lamp is broken.    facts=${facts}
    ...    refund=order_no is known, the customer wants money back
    ...    ask=order_no is missing, the customer wants money back
    ...    thank=the customer says thank you
    Should Be Equal    ${decision.action}    ask

Detect Languages
    ${language} =    Detect Language    Wo bleibt mein Paket? Ich warte seit einer Woche.
    Should Be Equal    ${language}    de
    ${language} =    Detect Language    我的订单什么时候能到？
    Should Be Equal    ${language}    zh
    ${language} =    Detect Language    12345    otherwise=en
    Should Be Equal    ${language}    en

Generate Text From A Prompt File Beside The Suite
    ${text} =    Generate Text    prompt=greeting    language=en    customer=Ada Brook
    Should Be Equal    ${text}    Dear Ada Brook, welcome.
    ${text} =    Generate Text    prompt=greeting    language=zh    customer=王丽华
    Should Be Equal    ${text}    王丽华，欢迎。

Fill A Form From The Call And Submit It
    Open The Page
    ${outcome} =    Fill Form    form=css:#refund    submit=Save refund
    ...    Order number=GF-10442    Amount=${25.9}    Reason=damaged item    Note=Two lines\nof text
    Should Be True    ${outcome.submitted}
    Should Contain    ${outcome.message}    Refund saved
    Textfield Value Should Be    name:amount    25.9
    List Selection Should Be    name:reason    Damaged item

Fill A Form From A Dictionary
    Open The Page
    VAR    &{record}    Bestellnummer=GF-10442    Betrag=12.00    Note=${None}
    ${outcome} =    Fill Form    ${record}    form=css:#refund
    Should Not Be True    ${outcome.submitted}
    Textfield Value Should Be    name:order_no    GF-10442
    Textarea Value Should Be    name:note    ${EMPTY}
    Length Should Be    ${outcome.fields}    3

Set The Engine Until The Suite Ends
    Set Engine    openai    base_url=http://127.0.0.1:9/v1    model=nobody    timeout=5 s
    Run Keyword And Expect Error    *http://127.0.0.1:9/v1*    Complete Prompt    Hello
    Set Engine    embedded
    Run Keyword And Expect Error    *language model*    Complete Prompt    Hello


*** Keywords ***
Open The Page
    @{open} =    Get Browser Ids
    IF    not $open
        Open Browser    about:blank    ${BROWSER}    options=${OPTIONS}
    END
    Go To    file://${CURDIR}/pages/refund.html
