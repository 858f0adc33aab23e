*** Settings ***
Documentation     A server says the key that it was asked with in every form and in every place; the runner looks for it everywhere.

Library           GenFlowLibrary    engine=openai    max_attempts=1


*** Variables ***
# How many forms the server goes through; the runner sets it.
${FORMS}          1


*** Tasks ***
What A Server Says Of The Key Goes No Further
    FOR    ${form}    IN RANGE    ${FORMS}
        ${text} =    Generate Text    Write ${form}.
        Log    ${text}    level=TRACE
        Should Contain    ${text}    <secret api_key>
        ${kind} =    Classify Text    late parcel ${form}    a=parcel    b=bill
        Log    ${kind.reason}    level=TRACE
        Should Contain    ${kind.reason}    <secret api_key>
        ${refused} =    Run Keyword And Expect Error    *    Generate Text    Refuse ${form}.
        Log    ${refused}    level=TRACE
        Run Keyword And Expect Error    *    Generate Text    Show a page ${form}.
        Run Keyword And Expect Error    *    Generate Text    Say the key ${form}.
    END
