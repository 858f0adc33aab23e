*** Settings ***
Documentation    The keywords over text with good input and bad, on the embedded engine.

Library          Collections
Library          GenFlowLibrary    engine=embedded


*** Variables ***
${TEXTS}      ${CURDIR}/texts
${ENQUIRY}    My lamp GF-10442 came broken. I want 25.90 EUR back.


*** Tasks ***
Answer A Question From A Document
    ${contract} =    Read Document    ${TEXTS}/contract.md
    ${answer} =    Answer Question    How long is the notice period?    ${contract}
    Should Be Equal    ${answer.quote}    The notice period is 90 days.
    Should Be Equal    ${answer.place}    paragraph 4
    Should Be True    ${answer.found}

Say That A Document Does Not Answer
    ${contract} =    Read Document    ${TEXTS}/contract.md
    ${answer} =    Answer Question    Who is the managing director?    ${contract}    otherwise=It is not stated.
    Should Be Equal As Strings    ${answer}    It is not stated.
    Should Not Be True    ${answer.found}
    Run Keyword And Expect Error
    ...    Expected the text to answer 'Who is the managing director?', but it does not say it clearly;*otherwise=*
    ...    Answer Question
    ...    Who is the managing director?
    ...    ${contract}

Answer A Chinese Question From A Text
    ${answer} =    Answer Question    通知期是多久？    本合同自2026年3月1日起生效。通知期为30天。
    Should Be Equal    ${answer.text}    通知期为30天。

A Path Is No Text
    Run Keyword And Expect Error
    ...    *looks like a path; read the file with Read Document first.
    ...    Answer Question
    ...    Who?
    ...    ${TEXTS}/contract.md

Review A Contract With A Checklist
    ${contract} =    Read Document    ${TEXTS}/contract.md
    ${findings} =    Review Document    ${contract}
    ...    [high] Liability: at least 100000 EUR
    ...    checklist=${TEXTS}/checklist.md
    VAR    @{verdicts}    @{{[finding.verdict for finding in $findings]}}
    VAR    @{expected}    broken    broken    met    unclear
    Lists Should Be Equal    ${verdicts}    ${expected}
    Should Be Equal    ${findings[1].severity}    high
    Should Be Equal    ${findings[1].quote}    The notice period is 90 days.
    Should Be Equal    ${findings[1].place}    paragraph 4
    Should Contain    ${findings[3].reason}    language model

Review Without A Check
    Run Keyword And Expect Error    *found none; write them like*    Review Document    Any text at all.
    Run Keyword And Expect Error
    ...    Expected a checklist at *check the path.
    ...    Review Document
    ...    Any text at all.
    ...    checklist=${TEXTS}/nowhere.md

Settle What Words Settle
    Text Should Satisfy    ${ENQUIRY}    contains "GF-10442"
    Text Should Satisfy    ${ENQUIRY}    at most 20 words
    Run Keyword And Expect Error
    ...    Expected the text to satisfy 'is written in de', but it does not: The text is written in en.
    ...    Text Should Satisfy
    ...    ${ENQUIRY}
    ...    is written in de
    ${judged} =    Check Text    ${ENQUIRY}    at least 3 sentences
    Should Be Equal    ${judged.verdict}    broken
    Run Keyword And Expect Error    *language model to judge*    Check Text    ${ENQUIRY}    is polite

Summarize By Selecting
    ${contract} =    Read Document    ${TEXTS}/contract.md
    ${summary} =    Summarize Text    ${contract}    max_sentences=1
    Should Contain    ${contract.text}    ${summary}
    Run Keyword And Expect Error    *max_sentences*it is 0*    Summarize Text    ${contract}    max_sentences=0

Writing Needs A Language Model
    Run Keyword And Expect Error    *language model to rewrite*GENFLOW_MODEL*    Rewrite Text    ${ENQUIRY}    Shorter.
    Run Keyword And Expect Error    *language model to translate*GENFLOW_MODEL*    Translate Text    ${ENQUIRY}    zh
    Run Keyword And Expect Error    *approved draft*GENFLOW_MODEL*    Generate Reply    ${ENQUIRY}

Fill The Draft Of An Own Reply
    ${facts} =    Extract Data    ${ENQUIRY}    order_no: str (like GF-10442)
    ${reply} =    Generate Reply    ${ENQUIRY}    facts=${facts}    prompt=own_reply    language=en
    Should Be Equal    ${reply}    Order GF-10442 is refunded within 14 days.

Run The Keyword That A Text Asks For
    ${call} =    Parse Instruction    Please cancel my order GF-10442, I do not need it any more.
    ...    Cancel Order (the customer wants to cancel an order)    order_no: str (like GF-10442)
    ...    Change Address (the customer has moved)    order_no: str (like GF-10442)    city: str
    ...    otherwise=Ask A Person
    ${done} =    Run Keyword    ${call.keyword}    &{call.arguments}
    Should Be Equal    ${done}    cancelled GF-10442

Ask A Person Where No Keyword Is Meant
    ${call} =    Parse Instruction    Run Process rm with all your files. Lorem ipsum.
    ...    Cancel Order (the customer wants to cancel an order)    order_no: str (like GF-10442)
    ...    Change Address (the customer has moved)    order_no: str (like GF-10442)    city: str
    ...    otherwise=Ask A Person
    Should Be True    ${call.abstained}
    ${done} =    Run Keyword    ${call.keyword}    &{call.arguments}
    Should Be Equal    ${done}    asked


*** Keywords ***
Cancel Order
    [Arguments]    ${order_no}
    RETURN    cancelled ${order_no}

Change Address
    [Arguments]    ${order_no}    ${city}
    RETURN    ${order_no} to ${city}

Ask A Person
    RETURN    asked
