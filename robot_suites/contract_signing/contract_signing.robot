*** Settings ***
Documentation     A robot reviews the contracts that came in, and requests their approval in the practice office.
...
...               It reads each paper, looks it through with the checklists of the office, and decides by written
...               conditions: a clean one is proposed for approval, one that breaks the policy goes back for changes, and
...               whatever is unreadable, unclear or suspicious goes to the legal department. Every issue is filed with
...               its words and their place. The policy stands in the folder *checklists*: change it there.

Resource          contract_signing.resource

Suite Setup       Open The Contracts
Suite Teardown    Close The Office


*** Tasks ***
Review Every Contract
    [Documentation]    One failure does not stop the others; the task fails in the end and names it.
    @{numbers} =    Find Waiting Contracts
    FOR    ${number}    IN    @{numbers}
        Run Keyword And Continue On Failure    Review Contract    ${number}
    END

Leave No Contract Waiting
    [Documentation]    The office itself must say that every contract has a recommendation.
    @{numbers} =    Find Waiting Contracts
    Should Be Empty    ${numbers}    These contracts still wait: ${numbers}


*** Keywords ***
Review Contract
    [Documentation]    Takes one contract from its paper to the office's confirmation.
    [Arguments]    ${number}
    ${contract} =    Read Contract Record    ${number}
    TRY
        ${paper} =    Read Document    ${INCOMING}/${contract.file}
        ${language} =    Find The Language    ${paper}
    EXCEPT    Expected 'CT-*' to be *    'CT-*' is encrypted*    'CT-*' holds tracked changes*    There is no checklist *
    ...    type=GLOB    AS    ${problem}
        Escalate    ${contract}    ${problem}
        RETURN
    END
    @{issues} =    Look For Issues    ${contract}    ${paper}    ${language}
    ${decision} =    Decide What To Recommend    ${paper}    ${issues}
    Request Approval    ${contract}    ${paper}    ${language}    ${decision}    ${issues}

Look For Issues
    [Documentation]    What the checklists find broken, missing or unclear, and orders that are hidden in the paper.
    [Arguments]    ${contract}    ${paper}    ${language}
    @{issues} =    Find Orders To The Reader    ${paper}
    FOR    ${list}    IN    @{CHECKLISTS}[${contract.kind}]
        ${findings} =    Review Document    ${paper}    checklist=${CURDIR}/checklists/${list}_${language}.md
        FOR    ${finding}    IN    @{findings}
            IF    $finding.verdict == 'met'    CONTINUE
            Add Issue    ${issues}    ${finding}
        END
    END
    RETURN    ${issues}

Decide What To Recommend
    [Documentation]    The rules of the desk. They exclude each other, and all of them are settled exactly.
    [Arguments]    ${paper}    ${issues}
    ${counts} =    Count The Verdicts    ${issues}
    ${decision} =    Decide Next Action    ${paper.text}    facts=${counts}
    ...    Propose approval=broken = 0, missing = 0, unclear = 0, orders = 0
    ...    Ask for changes=broken is above 0 or missing is above 0, unclear = 0, orders = 0
    ...    Escalate to the legal department=unclear is above 0 or orders is above 0
    RETURN    ${decision}
