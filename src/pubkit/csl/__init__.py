"""The CSL 1.0.2 engine: citations and bibliographies in any citation style.

Styles and locales come from the Citation Style Language project, https://citationstyles.org (CC BY-SA 3.0).
"""
