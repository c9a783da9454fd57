"""A passkey is made and signs in, in a real browser with a key of its own, under the real rules."""

from playwright.sync_api import Page

from browser.conftest import Pages
from browser.sites import PASSWORD

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
"""An authenticator as the browser makes them up for tests (Chrome DevTools, WebAuthn)."""


def _press(page: Page, button: str) -> None:
    """Press a button that a script answers, once the script is there."""
    page.wait_for_load_state("networkidle")
    page.click(button)


def test_a_passkey_is_made_and_signs_in_alone(pages: Pages) -> None:
    page = pages.of_ana()
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto("/account/security/webauthn/add/")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Go on").click()
    _press(page, "#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    page.goto("/account/security/webauthn/")
    assert "My phone signs in by itself" in page.inner_text("main")
    page.goto("/account/logout/")
    page.get_by_role("button", name="Sign out").click()

    _press(page, "#passkey_login")

    page.wait_for_url(f"{pages.site.address}/")
    assert page.get_by_role("navigation", name="Main").is_visible()
