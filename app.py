"""The front door: pages by section, nothing else."""

import streamlit as st

st.set_page_config(layout="wide", page_icon="🧶", initial_sidebar_state="auto")

PAGES = {
    "Data": [
        st.Page("dashboard/data/data.py", title="Data", default=True),
    ],
    "Partition": [
        st.Page(
            "dashboard/partition/kmeans.py",
            title="k-means boundaries",
            url_path="kmeans",
        ),
        st.Page(
            "dashboard/partition/silhouette.py",
            title="Silhouette sweep",
            url_path="silhouette",
        ),
    ],
    "Structure": [],
    "Applications": [],
    "Neural": [],
}

st.navigation(PAGES, position="top").run()
