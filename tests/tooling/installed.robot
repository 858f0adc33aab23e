*** Settings ***
Documentation       Runs in a clean environment with nothing but the wheel, far from the project's own files.

Library             GenFlowLibrary    engine=embedded


*** Tasks ***
Sort An Enquiry
    ${kind} =    Classify Text    You charged my card twice for one invoice.    billing=invoice, charged twice    delivery=parcel, late
    Should Be Equal    ${kind.category}    billing
