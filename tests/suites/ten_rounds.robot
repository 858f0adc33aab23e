*** Settings ***
Documentation     Ten people from an Excel sheet into a form that deals its fields anew for each of them: places, ids and names change,
...               the visible labels are all that stays. The page itself counts what is right and takes the time.

Library           SeleniumLibrary
Library           GenFlowLibrary    engine=embedded    learned=off
Library           sheets.py

Suite Teardown    Close All Browsers


*** Variables ***
${BROWSER}    %{GENFLOW_BROWSER=headlesschrome}
${OPTIONS}    add_argument("--no-sandbox");add_argument("--disable-dev-shm-usage")
${PAGE}       ${CURDIR}/../pages/ten_rounds


*** Tasks ***
Enter All People Of The Sheet
    ${people} =    Read Sheet    ${PAGE}/people.xlsx
    Length Should Be    ${people}    ${10}
    Open Browser    file://${PAGE}/page.html    ${BROWSER}    options=${OPTIONS}
    Click Button    Start
    FOR    ${person}    IN    @{people}
        Fill Form    ${person}    form=css:form
        Click Button    Submit
    END
    Element Should Contain    css:[role=status]    Your success rate is 100% (70 out of 70 fields)
