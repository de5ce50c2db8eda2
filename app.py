"""The front door: pages by section, nothing else."""

import streamlit as st

st.set_page_config(layout="wide", page_icon="🧶", initial_sidebar_state="auto")

PAGES = {
    "Data": [
        st.Page("dashboard/data/page.py", title="Data", default=True),
    ],
    "Partition": [
        st.Page(
            "dashboard/partition/kmeans/page.py",
            title="k-means boundaries",
            url_path="kmeans",
        ),
        st.Page(
            "dashboard/partition/silhouette/page.py",
            title="Silhouette sweep",
            url_path="silhouette",
        ),
    ],
    "Structure": [
        st.Page(
            "dashboard/structure/dbscan/page.py", title="DBSCAN epsilon search", url_path="dbscan"
        ),
        st.Page(
            "dashboard/structure/agglomerative/page.py",
            title="Agglomerative spirals",
            url_path="agglomerative",
        ),
    ],
    "Applications": [],
    "Neural": [],
}

st.navigation(PAGES, position="top").run()
